{{/*
Where pods may run, and with what: "root" is the chart's own context, "of" the values of one part. What the part says comes
before what pods says for all.
*/}}
{{- define "aquifer.placing" -}}
{{- $all := .root.Values.pods }}
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.priorityClassName | default $all.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with merge (dict) .of.nodeSelector $all.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with concat .of.tolerations $all.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.affinity | default $all.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/*
How pods spread: as "own" says, then as pods says, but for what own has of the same topology already, which the API would
refuse; "root" is the chart's own context, "selector" the labels of these pods as YAML.
*/}}
{{- define "aquifer.spread" -}}
{{- $all := .own }}
{{- range $more := .root.Values.pods.topologySpreadConstraints }}
  {{- $said := false }}
  {{- range $.own }}
    {{- $said = or $said (and (eq .topologyKey $more.topologyKey) (eq .whenUnsatisfiable $more.whenUnsatisfiable)) }}
  {{- end }}
  {{- $all = $said | ternary $all (append $all $more) }}
{{- end }}
{{- with $all }}
topologySpreadConstraints:
  {{- $ours := dict "labelSelector" (dict "matchLabels" (fromYaml $.selector)) }}
  {{- range . }}
  - {{- toYaml (hasKey . "labelSelector" | ternary . (merge (dict) . $ours)) | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Labels and annotations of pods; arguments as above, and "labels", the pods' own as YAML. */}}
{{- define "aquifer.pod.metadata" -}}
{{- $all := .root.Values.pods }}
labels: {{- toYaml (merge (fromYaml .labels) .of.podLabels $all.labels) | nindent 2 }}
{{- with merge (dict) .of.podAnnotations $all.annotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What is added to the environment of containers: of a variable that both name, that of the part, since the API may refuse two. */}}
{{- define "aquifer.env" -}}
{{- $own := .of.env | default list }}
{{- $names := list }}
{{- range $own }}
  {{- $names = append $names .name }}
{{- end }}
{{- $all := list }}
{{- range .root.Values.pods.env }}
  {{- $all = has .name $names | ternary $all (append $all .) }}
{{- end }}
{{- with concat $all $own }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{/* What the pods of the program aquifer have in common; arguments as above. */}}
{{- define "aquifer.pod" -}}
{{ include "aquifer.placing" . }}
# what Pod Security "restricted" asks for
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  seccompProfile:
    type: RuntimeDefault
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 64Mi
{{- with .volumes }}
{{ toYaml . | indent 2 }}
{{- end }}
{{- end }}

{{/* The same of their containers; the argument is the chart's own context. */}}
{{- define "aquifer.container" -}}
image: {{ include "aquifer.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- end }}

{{/* The same of pods that are replicas of a server; arguments as above, and "selector" the name of their labels' template, "mounts" where
more volumes are mounted, if there are any. */}}
{{- define "aquifer.server.metadata" -}}
{{- $labels := printf "%s\n%s" (include .selector .root) (include "aquifer.version" .root) }}
{{- include "aquifer.pod.metadata" (dict "root" .root "of" .of "labels" $labels) }}
{{- end }}

{{- define "aquifer.server.pod" -}}
{{ include "aquifer.pod" . }}
automountServiceAccountToken: true
terminationGracePeriodSeconds: 30
{{- with include "aquifer.spread" (dict "root" .root "own" .of.topologySpreadConstraints "selector" (include .selector .root)) }}
{{ . }}
{{- end }}
{{- end }}

{{/* What pods of Jobs are, beside that; "labels" their own as YAML. What spreads the binder's replicas is not for them. */}}
{{- define "aquifer.job.pod" -}}
restartPolicy: Never
{{ include "aquifer.pod" . }}
{{- with include "aquifer.spread" (dict "root" .root "own" list "selector" .labels) }}
{{ . }}
{{- end }}
{{- end }}

{{- define "aquifer.server.container" -}}
{{ include "aquifer.container" .root }}
{{- with .mounts }}
{{ toYaml . | indent 2 }}
{{- end }}
{{- with .of.resources }}
resources: {{- toYaml . | nindent 2 }}
{{- end }}
readinessProbe:
  httpGet:
    path: /readyz
    port: management
  periodSeconds: 2
  timeoutSeconds: 2
# on a node whose processors are taken, a JVM needs its time: ended before it answers, it would begin again and again
startupProbe:
  httpGet:
    path: /livez
    port: management
  periodSeconds: 1
  timeoutSeconds: 5
  failureThreshold: 180
livenessProbe:
  httpGet:
    path: /livez
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
{{- end }}

{{/* Of their environment: the namespace that they run in, and what the values add. */}}
{{- define "aquifer.server.env" -}}
- name: AQUIFER_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- with include "aquifer.env" . }}
{{ . }}
{{- end }}
{{- end }}

{{/* Gives a program, by "name", its Role in a namespace that is served by its name. */}}
{{- define "aquifer.served.binding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ .name }}-served
  namespace: {{ .namespace | quote }}
  labels: {{- include .labels .root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .name }}-served
subjects:
  - kind: ServiceAccount
    name: {{ .name }}
    namespace: {{ include "aquifer.namespace" .root | quote }}
{{- end }}
