{{/* The reference of an image, unquoted. */}}
{{- define "aquifer.image" -}}
{{ include "aquifer.reference" (dict "image" .Values.image "value" "image" "tag" .Chart.AppVersion) }}
{{- end }}

{{/* Of the same registry where it names none. */}}
{{- define "aquifer.node.image" -}}
{{- $image := .Values.cache.image }}
{{- if not (include "aquifer.registry" $image.repository) }}
  {{- $image = merge (dict) $image (dict "registry" .Values.image.registry) }}
{{- end }}
{{- include "aquifer.reference" (dict "image" $image "value" "cache.image" "tag" (.Values.image.tag | default .Chart.AppVersion)) }}
{{- end }}

{{/* What a repository begins with if that is a registry: a first part with a dot or a port, or localhost. */}}
{{- define "aquifer.registry" -}}
{{ regexFind "^(localhost|[^/]*[.:][^/]*)/" . }}
{{- end }}

{{- define "aquifer.node.pullPolicy" -}}
{{ .Values.cache.image.pullPolicy | default .Values.image.pullPolicy }}
{{- end }}

{{/*
A whole reference: "image" is the values of one, "value" their name, "tag" what is taken where they name neither a tag nor
a digest. The repository may be a whole reference itself: its tag is what follows the last colon, if no slash does, for
then the colon is that of a registry's port.
*/}}
{{- define "aquifer.reference" -}}
{{- $image := .image }}
{{- $repository := $image.repository }}
{{- $digest := $image.digest | default "" }}
{{- if contains "@" $repository }}
  {{- if $digest }}
    {{- fail (printf "%s.digest: expected none, since %s.repository has one already (%s), found %s; leave one of them out" .value .value $repository $digest) }}
  {{- end }}
  {{- $digest = regexReplaceAll "^[^@]*@" $repository "" }}
  {{- $repository = regexReplaceAll "@.*$" $repository "" }}
{{- end }}
{{- $tag := $image.tag | default "" }}
{{- $own := regexFind ":[^:/]*$" $repository | trimPrefix ":" }}
{{- if $own }}
  {{- if $tag }}
    {{- fail (printf "%s.tag: expected none, since %s.repository has one already (%s), found %s; leave one of them out" .value .value $repository $tag) }}
  {{- end }}
  {{- $tag = $own }}
  {{- $repository = trimSuffix (printf ":%s" $own) $repository }}
{{- end }}
{{- if not (or $tag $digest) }}
  {{- $tag = .tag }}
{{- end }}
{{- with $image.registry }}
  {{- if include "aquifer.registry" $repository }}
    {{- fail (printf "%s.registry: expected none, since %s.repository begins with one already (%s), found %s; leave one of them out" $.value $.value $repository .) }}
  {{- end }}
  {{- $repository = printf "%s/%s" . $repository }}
{{- end }}
{{- $repository }}{{ with $tag }}:{{ . }}{{ end }}{{ with $digest }}@{{ . }}{{ end }}
{{- end }}
