{{- define "daisi.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 48 | trimSuffix "-" }}
{{- else }}{{ printf "%s-daisi" .Release.Name | trunc 48 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- /* Of all pods of the release; with a role, of that role's. Takes (dict "root" $ "role" "ingest"). */ -}}
{{- define "daisi.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .role }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "daisi.labels" -}}
{{ include "daisi.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "daisi.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{- /* What the pod security standard "restricted" asks for, and a file system that nothing writes to. */ -}}
{{- define "daisi.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  # Secrets are readable by this group and by nobody else.
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "daisi.containerSecurity" -}}
image: {{ include "daisi.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{- /* Who speaks to what (adapters/main/uses.ts): a process is given its own addresses and secrets and no others. */ -}}
{{- define "daisi.usesNats" -}}{{ if has .role (list "ingest" "provision") }}yes{{ end }}{{- end }}
{{- define "daisi.usesDatabase" -}}{{ if ne .role "provision" }}yes{{ end }}{{- end }}

{{- /* Environment of a process. Takes (dict "root" $ "role" "ingest" "settings" map). */ -}}
{{- define "daisi.environment" -}}
{{- $values := .root.Values -}}
{{- $environment := dict -}}
{{- if include "daisi.usesDatabase" . }}{{ $_ := set $environment "DATABASE_URL_FILE" "/run/daisi/database-url" }}{{ end -}}
{{- if eq .role "serve" -}}
{{- $_ := set $environment "JWT_JWKS_URL" (required "jwt.jwksUrl is required" $values.jwt.jwksUrl) -}}
{{- $_ := set $environment "JWT_ISSUER" $values.jwt.issuer -}}
{{- $_ := set $environment "JWT_AUDIENCE" $values.jwt.audience -}}
{{- $_ := set $environment "CURSOR_SECRET_FILE" "/run/daisi/cursor-secret" -}}
{{- end -}}
{{- if include "daisi.usesNats" . -}}
{{- $_ := set $environment "NATS_URL" (required "nats.url is required" $values.nats.url) -}}
{{- if $values.nats.caConfigMap }}{{ $_ := set $environment "NATS_TLS_CA_FILE" "/run/daisi/nats-ca.crt" }}{{ end -}}
{{- $_ := set $environment (ternary "NATS_CREDS_FILE" "NATS_NKEY_SEED_FILE" (eq $values.nats.login "creds")) "/run/daisi/nats-login" -}}
{{- $prefix := ternary $values.provision.inboxPrefix $values.nats.inboxPrefix (eq .role "provision") -}}
{{- $_ := set $environment "DAISI_NATS_INBOX_PREFIX" $prefix -}}
{{- end -}}
{{- range $name, $value := merge (dict) (.settings | default dict) $values.settings $environment }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}

{{- /* All that is given to a process, in one folder. Takes (dict "root" $ "role" "ingest"). */ -}}
{{- define "daisi.given" -}}
{{- $values := .root.Values -}}
- name: given
  projected:
    defaultMode: 0440
    sources:
      - secret: { name: {{ get $values.secrets .role }} }
      {{- if eq .role "serve" }}
      - secret: { name: {{ $values.secrets.cursor }}, items: [{ key: cursor-secret, path: cursor-secret }] }
      {{- end }}
      {{- if and $values.nats.caConfigMap (include "daisi.usesNats" .) }}
      - configMap: { name: {{ $values.nats.caConfigMap }}, items: [{ key: ca.crt, path: nats-ca.crt }] }
      {{- end }}
      {{- if and $values.database.caConfigMap (include "daisi.usesDatabase" .) }}
      - configMap: { name: {{ $values.database.caConfigMap }}, items: [{ key: ca.crt, path: database-ca.crt }] }
      {{- end }}
{{- end }}
