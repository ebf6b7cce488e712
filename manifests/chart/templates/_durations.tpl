{{/* A duration such as 1h30m in milliseconds. */}}
{{- define "aquifer.millis" -}}
{{- $units := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 "d" 86400000 }}
{{- $sum := 0 }}
{{- range regexFindAll "[0-9]+(ms|s|m|h|d)" . -1 }}
  {{- $sum = regexFind "[0-9]+" . | mul (get $units (regexFind "[a-z]+" .)) | add $sum }}
{{- end }}
{{- $sum }}
{{- end }}

{{/* How long certificates are valid, the program's own defaults included. */}}
{{- define "aquifer.leafLifetime" -}}
{{ .Values.admission.certificates.leafLifetime | default "7d" }}
{{- end }}

{{- define "aquifer.authorityLifetime" -}}
{{- $of := .Values.admission.certificates }}
{{- ternary $of.certManager.duration ($of.authorityLifetime | default "365d") $of.certManager.enabled }}
{{- end }}
