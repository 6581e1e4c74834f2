const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** As PostgreSQL writes it. What is none would be an error of the statement; a column turned into text would be found by no index. */
export const isUuid = (text: string): boolean => UUID.test(text)
