/** Health of a container: whether the process of the service in it says that it is ready. Node is all that the image has. */
const answer = await fetch(`http://127.0.0.1:${process.env.ADMIN_PORT || '9464'}/readyz`).catch(() => undefined)
process.exitCode = answer?.ok === true ? 0 : 1
