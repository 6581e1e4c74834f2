# Stand-in for nats:2.15.1, which has no shell, and nats:2.15.1-alpine, which has busybox; the context is the unpacked packages.
FROM scratch AS bare
COPY usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 /lib64/
COPY usr/lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/
COPY usr/sbin/nats-server /usr/local/bin/nats-server
ENTRYPOINT ["/usr/local/bin/nats-server"]

FROM bare
COPY usr/bin/busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
