{{- define "aquifer.admission" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}-admission
{{- end }}

{{- define "aquifer.binder" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}-binder
{{- end }}

{{- define "aquifer.admission.selector" -}}
app.kubernetes.io/name: aquifer
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: admission
{{- end }}

{{- define "aquifer.labels" -}}
{{ include "aquifer.admission.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}
