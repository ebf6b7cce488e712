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
{{ include "aquifer.version" . }}
{{- end }}

{{- define "aquifer.version" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "aquifer.binder.selector" -}}
app.kubernetes.io/name: aquifer
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: binder
{{- end }}

{{- define "aquifer.binder.labels" -}}
{{ include "aquifer.binder.selector" . }}
{{ include "aquifer.version" . }}
{{- end }}

{{- define "aquifer.uninstall" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}-uninstall
{{- end }}

{{/* What the job of uninstalling needs is made just before it, and goes with it. */}}
{{- define "aquifer.uninstall.before" -}}
helm.sh/hook: post-delete
helm.sh/hook-weight: "0"
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{- define "aquifer.image" -}}
{{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) | quote }}
{{- end }}

{{- define "aquifer.node.selector" -}}
app.kubernetes.io/name: aquifer
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: node
{{- end }}

{{- define "aquifer.node.labels" -}}
{{ include "aquifer.node.selector" . }}
{{ include "aquifer.version" . }}
{{- end }}

{{- define "aquifer.node.image" -}}
{{ printf "%s:%s" .Values.cache.image.repository (.Values.cache.image.tag | default .Values.image.tag | default .Chart.AppVersion) | quote }}
{{- end }}
