# Stand-in for prom/prometheus:v3.5.0; the context is the unpacked packages.
FROM debian:lab
COPY usr/bin/prometheus /bin/prometheus
COPY usr/bin/busybox /bin/busybox
RUN ln -s busybox /bin/wget && mkdir -p /etc/prometheus && install -d -o nobody -g nogroup /prometheus
USER nobody
VOLUME /prometheus
WORKDIR /prometheus
EXPOSE 9090
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
