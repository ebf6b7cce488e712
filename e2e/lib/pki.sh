# shellcheck shell=bash
# A cluster's certificate authority, its certificates and the kubeconfigs that carry them. All live as long as the cluster.

make_authority() {
  mkdir -p "$state/pki"
  cat >"$state/pki/openssl.cnf" <<'CNF'
[req]
distinguished_name = subject
[subject]
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
CNF
  certify ca "/CN=aquifer-$name" -extensions authority
  openssl ecparam -name prime256v1 -genkey -noout -out "$state/pki/service-accounts.key"
  openssl pkey -in "$state/pki/service-accounts.key" -pubout -out "$state/pki/service-accounts.pub"
}

certify() { # NAME SUBJECT OPTION...
  openssl req -x509 -days 365 -config "$state/pki/openssl.cnf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -keyout "$state/pki/$1.key" -out "$state/pki/$1.crt" -subj "$2" "${@:3}" 2>>"$state/log/pki.log" ||
    die "openssl made no certificate for $1; see $state/log/pki.log"
}

make_leaf() { # NAME SUBJECT [ALTERNATIVE NAMES]
  certify "$1" "$2" -CA "$state/pki/ca.crt" -CAkey "$state/pki/ca.key" -extensions leaf ${3:+-addext "subjectAltName=$3"}
}

# A client certificate inside a kubeconfig, which needs no other file. The key is in the form that names its algorithm
# outside (SEC 1), since some clients take every PKCS #8 key for RSA.
make_kubeconfig() { # NAME SUBJECT
  make_leaf "$1" "$2"
  cat >"$state/$1.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters:
  - name: aquifer-$name
    cluster:
      server: $server
      certificate-authority-data: $(base64 -w0 "$state/pki/ca.crt")
users:
  - name: $1
    user:
      client-certificate-data: $(base64 -w0 "$state/pki/$1.crt")
      client-key-data: $(openssl ec -in "$state/pki/$1.key" 2>>"$state/log/pki.log" | base64 -w0)
contexts:
  - name: aquifer-$name
    context: {cluster: aquifer-$name, user: $1}
current-context: aquifer-$name
YAML
}

# Certificates of the control plane, whose API server is reached at ADDRESS and at SERVICE inside the cluster.
certify_control_plane() { # ADDRESS SERVICE
  make_authority
  make_leaf api-server /CN=kube-apiserver \
    "IP:127.0.0.1,IP:$1,IP:$2,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
  make_kubeconfig admin /O=system:masters/CN=admin
}

certify_nodes() {
  local n
  make_kubeconfig scheduler /CN=system:kube-scheduler
  make_kubeconfig proxy /CN=system:kube-proxy
  for ((n = 1; n <= nodes; n++)); do
    make_leaf "node$n" /CN="node$n" "IP:$(node_address "$n"),DNS:node$n"
    make_kubeconfig "kubelet$n" "/O=system:nodes/CN=system:node:node$n"
  done
}
