{{/*
The pods that admission answers, the same for the webhook and for the policy that stands in for it. A pod that opts out
and yet carries our answer goes to the webhook too, which takes the forged answer away.
*/}}
{{- define "aquifer.match.namespaces" -}}
{{- if .Values.namespaces }}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: In
    values: {{- toYaml .Values.namespaces | nindent 6 }}
{{- else }}
matchLabels:
  aquifer.dev/inject: enabled
{{- end }}
{{- end }}

{{- define "aquifer.match.conditions" -}}
- name: not-a-mirror-of-a-static-pod
  expression: "!('kubernetes.io/config.mirror' in object.metadata.?annotations.orValue({}))"
- name: not-opted-out
  expression: >-
    object.metadata.?annotations[?'aquifer.dev/inject'].orValue('') != 'false' ||
    'aquifer.dev/injected' in object.metadata.?annotations.orValue({})
{{- end }}

{{/* CEL: whether a name is one that only the binder's claims have; the argument is the expression of the name. */}}
{{- define "aquifer.reserved" -}}
({{ . }}.startsWith('aquifer-ro-') || {{ . }}.startsWith('aquifer-rw-'))
{{- end }}

{{/*
CEL: whether a pod reaches a claim of the binder's: by its name, or by a claim that would be named after the pod and be
one that is there already.
*/}}
{{- define "aquifer.match.guarded" -}}
object.spec.?volumes.orValue([]).exists(v,
  (has(v.persistentVolumeClaim) && {{ include "aquifer.reserved" "v.persistentVolumeClaim.claimName" }}) ||
  (has(v.ephemeral) && {{ include "aquifer.reserved" "(object.metadata.name + '-' + v.name)" }}))
{{- end }}

{{/* CEL: whether the request is anybody's but the binder's. */}}
{{- define "aquifer.notTheBinder" -}}
request.userInfo.username != 'system:serviceaccount:{{ include "aquifer.namespace" . }}:{{ include "aquifer.binder" . }}'
{{- end }}

{{/* CEL: whether a pod is not of a Job of the binder's that makes directories: nobody else makes Jobs of that name. */}}
{{- define "aquifer.notABindersJob" -}}
!(request.userInfo.username in
    ['system:serviceaccount:kube-system:job-controller', 'system:kube-controller-manager'] &&
  object.metadata.?ownerReferences.orValue([]).exists(owner,
    owner.kind == 'Job' && owner.?controller.orValue(false) && owner.name.startsWith('aquifer-directories-')))
{{- end }}

{{/* CEL: whether an update of a pod has another image run in it. */}}
{{- define "aquifer.runsAnotherImage" -}}
(object.spec.containers.map(c, c.?image) != oldObject.spec.containers.map(c, c.?image) ||
  object.spec.?initContainers.orValue([]).map(c, c.?image) !=
    oldObject.spec.?initContainers.orValue([]).map(c, c.?image))
{{- end }}

{{/* CEL: the claim that the SharedVolume in params guards; empty for none. */}}
{{- define "aquifer.guardedClaim" -}}
"params.spec.?guardSource.orValue(false) ? params.spec.source.?persistentVolumeClaim.claimName.orValue('') : ''"
{{- end }}

{{/* CEL: the names of the claims that a claim is to be a copy of. */}}
{{- define "aquifer.clonedClaims" -}}
(has(object.spec.dataSource) && object.spec.dataSource.kind == 'PersistentVolumeClaim'
  ? [object.spec.dataSource.name] : []) +
(has(object.spec.dataSourceRef) && object.spec.dataSourceRef.kind == 'PersistentVolumeClaim'
  ? [object.spec.dataSourceRef.name] : [])
{{- end }}
