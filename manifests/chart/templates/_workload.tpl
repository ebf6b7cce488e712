{{/*
What the pods of all components have in common. The argument: "root" is the chart's own context, "of" the component's
values.
*/}}
{{- define "aquifer.pod" -}}
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .of.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
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
{{- end }}

{{/* The same of their containers; the argument is the chart's own context. */}}
{{- define "aquifer.container" -}}
image: {{ include "aquifer.image" . }}
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

{{/* The same of pods that are replicas of a server; arguments as above, and "selector" the name of their labels' template. */}}
{{- define "aquifer.server.metadata" -}}
labels:
  {{- include .selector .root | nindent 2 }}
  {{- include "aquifer.version" .root | nindent 2 }}
  {{- with .of.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .of.podAnnotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "aquifer.server.pod" -}}
{{ include "aquifer.pod" . }}
automountServiceAccountToken: true
terminationGracePeriodSeconds: 30
topologySpreadConstraints:
  - topologyKey: kubernetes.io/hostname
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include .selector .root | nindent 8 }}
{{- end }}

{{- define "aquifer.server.container" -}}
{{ include "aquifer.container" .root }}
{{- with .of.resources }}
resources: {{- toYaml . | nindent 2 }}
{{- end }}
readinessProbe:
  httpGet:
    path: /readyz
    port: management
  periodSeconds: 2
  timeoutSeconds: 2
livenessProbe:
  httpGet:
    path: /livez
    port: management
  initialDelaySeconds: 10
  periodSeconds: 10
  timeoutSeconds: 5
{{- end }}

{{/* Of their environment: the namespace that they run in, and what the values add. */}}
{{- define "aquifer.server.env" -}}
- name: AQUIFER_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- with .of.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Gives a program, by "name", its Role in a namespace that is served by its name. */}}
{{- define "aquifer.served.binding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ .name }}-served
  namespace: {{ .namespace }}
  labels: {{- include .labels .root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .name }}-served
subjects:
  - kind: ServiceAccount
    name: {{ .name }}
    namespace: {{ include "aquifer.namespace" .root }}
{{- end }}
