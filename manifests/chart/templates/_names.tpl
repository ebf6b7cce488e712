{{/*
What is installed together may be two releases: one of the cluster's parts, one of the namespaces'. Names are those of the
latter, where the program runs.
*/}}
{{- define "aquifer.release" -}}
{{ .Values.program.release | default .Release.Name }}
{{- end }}

{{- define "aquifer.namespace" -}}
{{ .Values.program.namespace | default .Release.Namespace }}
{{- end }}

{{/* Not empty where this release has the parts that only an administrator of the cluster may install. */}}
{{- define "aquifer.parts.cluster" -}}
{{- if ne .Values.parts "namespaces" }}true{{ end }}
{{- end }}

{{/* Not empty where this release has the parts that lie in namespaces. */}}
{{- define "aquifer.parts.namespaces" -}}
{{- if ne .Values.parts "cluster" }}true{{ end }}
{{- end }}

{{/* Not empty where this release has the cluster's parts, and the binder makes pairs. */}}
{{- define "aquifer.parts.pairs" -}}
{{- if and (include "aquifer.parts.cluster" .) (not .Values.namespaces) }}true{{ end }}
{{- end }}

{{/* What names begin with: of a long release name a part and its hash, with room for the longest suffix. */}}
{{- define "aquifer.base" -}}
{{- $release := include "aquifer.release" . }}
{{- if gt (len $release) 40 }}
{{- printf "%s-%s" ($release | trunc 31 | trimSuffix "-") (sha256sum $release | trunc 8) }}
{{- else }}
{{- $release }}
{{- end }}
{{- end }}

{{- define "aquifer.admission" -}}
{{ include "aquifer.base" . }}-admission
{{- end }}

{{/* The Secret that holds the authority. */}}
{{- define "aquifer.authority" -}}
{{- $of := .Values.admission.certificates }}
{{- $own := printf (ternary "%s-issued-ca" "%s-ca" $of.certManager.enabled) (include "aquifer.admission" .) }}
{{- $of.existingSecret | default $own }}
{{- end }}

{{/* What a webhook configuration says of who writes its caBundle; neither is in this template, so that an upgrade leaves it. */}}
{{- define "aquifer.webhook.metadata" -}}
name: {{ include "aquifer.admission" . }}
labels:
  {{- include "aquifer.labels" . | nindent 2 }}
{{- if .Values.admission.certificates.certManager.enabled }}
  # admission looks whether it would be trusted, and writes nothing
  aquifer.dev/inject-ca: "false"
annotations:
  cert-manager.io/inject-ca-from: {{ include "aquifer.namespace" . }}/{{ include "aquifer.authority" . }}
{{- else }}
  # admission writes it
  aquifer.dev/inject-ca: "true"
{{- end }}
{{- end }}

{{- define "aquifer.binder" -}}
{{ include "aquifer.base" . }}-binder
{{- end }}

{{- define "aquifer.admission.selector" -}}
app.kubernetes.io/name: aquifer
app.kubernetes.io/instance: {{ include "aquifer.release" . | quote }}
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
app.kubernetes.io/instance: {{ include "aquifer.release" . | quote }}
app.kubernetes.io/component: binder
{{- end }}

{{- define "aquifer.binder.labels" -}}
{{ include "aquifer.binder.selector" . }}
{{ include "aquifer.version" . }}
{{- end }}

{{- define "aquifer.uninstall" -}}
{{ include "aquifer.base" . }}-uninstall
{{- end }}

{{/* What the job of uninstalling needs is made just before it, and goes with it. */}}
{{- define "aquifer.uninstall.before" -}}
helm.sh/hook: post-delete
helm.sh/hook-weight: "0"
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{- define "aquifer.node.selector" -}}
app.kubernetes.io/name: aquifer
app.kubernetes.io/instance: {{ include "aquifer.release" . | quote }}
app.kubernetes.io/component: node
{{- end }}

{{- define "aquifer.node.labels" -}}
{{ include "aquifer.node.selector" . }}
{{ include "aquifer.version" . }}
{{- end }}
