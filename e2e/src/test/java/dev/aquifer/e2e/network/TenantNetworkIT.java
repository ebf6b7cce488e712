package dev.aquifer.e2e.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a pod of a tenant gets at Aquifer's ports and sockets, on a network that lets everything through. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class TenantNetworkIT {
    private static final String SYSTEM = "aquifer-system";
    private static final String FILE = "patients.csv";
    private static final CachedShare SHARE = new CachedShare("network-owner", "network-anna");

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    private final Installation aquifer;
    private final SSLContext nobody = Strangers.withoutCertificate();

    TenantNetworkIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        data = HostDirectory.make("aquifer-network-");
        Files.writeString(data.path().resolve(FILE), "x");
        Cluster cluster = aquifer.cluster();
        cluster.kubectlOn(SHARE.of(data, "prefetch: false"), "apply", "-f", "-");
        cluster.kubectl("-n", SHARE.owner(), "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");
        cluster.kubectlOn(SHARE.reader(), "apply", "-f", "-");
        cluster.kubectl("-n", SHARE.tenant(), "wait", "--for=condition=Ready", "pod/reader", "--timeout=180s");
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        SHARE.remove(aquifer.cluster());
        data.close();
    }

    @Test
    void theOriginGivesNothingToWhomAquifersAuthorityDoesNotKnowAsANode() throws IOException {
        CertificateAuthority authority = authority();
        String node = "aquifer://node/" + agent().getSpec().getNodeName();
        String request = "GET /v1/snapshot HTTP/1.1\r\nHost: origin\r\nConnection: close\r\n\r\n";

        for (String address : addresses(origin(), services(SHARE.owner()))) {
            try (PodPort port = port(address, 8443)) {
                // the way is open: who breaks into a node gets as far as this, without a dataset's key
                assertThat(port.ask(Strangers.named(node, authority), request)).startsWith("HTTP/1.1 401 ");
                for (SSLContext stranger : List.of(
                        nobody,
                        Strangers.named(node, Strangers.madeUp()),
                        Strangers.named("aquifer://origin/network-anna/aquifer-origin-own", authority))) {
                    assertThat(answer(port, stranger, request)).isEmpty();
                    assertThat(port.ask(Strangers.named(node, authority), request))
                            .startsWith("HTTP/1.1 401 ");
                }
            }
        }
    }

    @Test
    void admissionEnrolsNobodyByATenantsTokensAndTakesAndShowsNoReport() throws Exception {
        String node = token("aquifer-node", SYSTEM, agent().getMetadata().getName());
        String projected = token("default", SHARE.tenant(), "reader");
        String mounted = exec("cat /var/run/secrets/kubernetes.io/serviceaccount/token");

        for (String address : admission()) {
            try (PodPort port = address(address)) {
                assertThat(port.ask(nobody, post("/v1/certificates", node))).startsWith("HTTP/1.1 200 ");
                for (String path : List.of("/v1/certificates", "/v1/reports", "/v1/reports/read")) {
                    assertThat(port.ask(nobody, post(path, null))).startsWith("HTTP/1.1 401 ");
                    assertThat(port.ask(nobody, post(path, "made-up"))).startsWith("HTTP/1.1 401 ");
                    assertThat(port.ask(nobody, post(path, mounted))).startsWith("HTTP/1.1 401 ");
                    assertThat(port.ask(nobody, post(path, projected))).startsWith("HTTP/1.1 403 ");
                }
            }
        }
    }

    @Test
    void pagesOfMetricsAndProbesNameNoNamespacePodVolumeOrFile() {
        Set<String> names = names();
        assertThat(names).contains(SHARE.owner(), SHARE.tenant(), "reader", "ref", FILE);
        Pattern named = Pattern.compile("(?<![A-Za-z0-9_-])(%s)(?![A-Za-z0-9_-])"
                .formatted(names.stream().map(Pattern::quote).collect(Collectors.joining("|"))));

        for (Pod pod : ours()) {
            String component = Objects.toString(pod.getMetadata().getLabels().get(Pods.COMPONENT), "");
            boolean probed = component.equals("admission") || component.equals("binder");
            String page = page(pod, probed ? 8080 : 9090, "metrics");
            assertThat(page).contains("\naquifer_");
            // the lines of help are in the program
            assertThat(page.lines().filter(line -> !line.startsWith("#")))
                    .as(pod.getMetadata().getName())
                    .noneMatch(line -> named.matcher(line).find());
            if (probed) {
                assertThat(page(pod, 8080, "livez") + page(pod, 8080, "readyz")).doesNotContainPattern(named);
            }
        }
    }

    @Test
    void nothingListensButWhatThePodsSay() {
        assertThat(ours())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(pod -> assertThat(Listeners.ports(pod))
                        .as(pod.getMetadata().getName())
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(pod.getSpec().getContainers().stream()
                                .flatMap(container -> container.getPorts().stream())
                                .map(ContainerPort::getContainerPort)
                                .toList()));
    }

    @Test
    void noSocketOfTheNodeIsInThePod() {
        String agent = agent().getMetadata().getName();
        assertThat(aquifer.cluster()
                        .kubectl("-n", SYSTEM, "exec", agent, "-c", "fetch", "--", "aquifer-node", "status"))
                .contains(SHARE.owner() + "/ref");

        assertThat(exec("cat /ref/" + FILE)).isEqualTo("x");
        assertThat(exec("find / -path /proc -prune -o -type s -print")).isEmpty();
        assertThat(exec("tail -n +2 /proc/net/unix")).isEmpty();
        assertThat(exec("ls /run/aquifer /csi /registration /var/lib/kubelet /var/lib/aquifer 2>/dev/null || true"))
                .isEmpty();
    }

    /** What comes of a request; nothing where the connection was not agreed to, or ended without an answer. */
    private static String answer(PodPort port, SSLContext asker, String request) throws SocketTimeoutException {
        try {
            return port.ask(asker, request);
        } catch (SocketTimeoutException notEnded) {
            throw notEnded;
        } catch (IOException refused) {
            return "";
        }
    }

    private String page(Pod pod, int port, String path) {
        return exec("wget -q -O - http://%s:%d/%s".formatted(pod.getStatus().getPodIP(), port, path));
    }

    /** Of all that there is of the owner and the tenant. */
    private Set<String> names() {
        Set<String> names = new HashSet<>(Set.of(SHARE.owner(), SHARE.tenant(), FILE));
        for (String namespace : List.of(SHARE.owner(), SHARE.tenant())) {
            Stream.of("pods", "persistentvolumeclaims", "sharedvolumes", "deployments", "services")
                    .flatMap(kind -> names(namespace, kind).lines())
                    .forEach(names::add);
        }
        for (PersistentVolume volume :
                aquifer.client().persistentVolumes().list().getItems()) {
            if (names.contains(volume.getSpec().getClaimRef().getNamespace())) {
                names.add(volume.getMetadata().getName());
                names.add(dataset(volume));
            }
        }
        return names;
    }

    private String names(String namespace, String kind) {
        String path = "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}";
        return aquifer.cluster().kubectl("-n", namespace, "get", kind, "-o", path);
    }

    /** Its id, or the namespace of the claim where there is none. */
    private static String dataset(PersistentVolume volume) {
        String namespace = volume.getSpec().getClaimRef().getNamespace();
        CSIPersistentVolumeSource csi = volume.getSpec().getCsi();
        return csi == null ? namespace : csi.getVolumeAttributes().getOrDefault("aquifer.dev/dataset", namespace);
    }

    private List<String> admission() {
        return Stream.concat(
                        pods(SYSTEM, Map.of(Pods.COMPONENT, "admission")).stream()
                                .map(pod -> pod.getStatus().getPodIP() + ":8443"),
                        services(SYSTEM).stream()
                                .filter(service ->
                                        service.getMetadata().getName().equals("aquifer-admission"))
                                .map(service -> service.getSpec().getClusterIP() + ":443"))
                .toList();
    }

    private static List<String> addresses(Pod pod, List<Service> services) {
        return Stream.concat(
                        Stream.of(pod.getStatus().getPodIP()),
                        services.stream().map(service -> service.getSpec().getClusterIP()))
                .toList();
    }

    /** All that the chart and the binder run. */
    private List<Pod> ours() {
        return Stream.concat(
                        pods(SYSTEM, Map.of("app.kubernetes.io/name", "aquifer")).stream()
                                .filter(pod -> pod.getStatus().getPhase().equals("Running")),
                        Stream.of(origin()))
                .toList();
    }

    private Pod agent() {
        return pods(SYSTEM, Map.of(Pods.COMPONENT, "node")).getFirst();
    }

    private Pod origin() {
        return aquifer.client()
                .pods()
                .inNamespace(SHARE.owner())
                .withLabel("aquifer.dev/origin")
                .list()
                .getItems()
                .getFirst();
    }

    private List<Pod> pods(String namespace, Map<String, String> labels) {
        return aquifer.client().pods().inNamespace(namespace).withLabels(labels).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private List<Service> services(String namespace) {
        return aquifer.client().services().inNamespace(namespace).list().getItems();
    }

    private PodPort address(String address) throws IOException {
        int colon = address.indexOf(':');
        return port(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private PodPort port(String host, int port) throws IOException {
        return new PodPort(aquifer.cluster(), SHARE.tenant(), "reader", host, port);
    }

    /** A token with the audience that admission asks for, as kubelet projects it into the pod. */
    private String token(String account, String namespace, String pod) {
        return aquifer.cluster()
                .kubectl(
                        "-n",
                        namespace,
                        "create",
                        "token",
                        account,
                        "--audience=aquifer",
                        "--bound-object-kind=Pod",
                        "--bound-object-name=" + pod)
                .strip();
    }

    /** The one that the cluster's nodes and origins trust. */
    private CertificateAuthority authority() {
        Map<String, String> secret = aquifer.client()
                .secrets()
                .inNamespace(SYSTEM)
                .withName("aquifer-admission-ca")
                .get()
                .getData();
        return CertificateAuthority.read(text(secret, "tls.crt"), text(secret, "tls.key"), new SecureRandom());
    }

    private static String text(Map<String, String> secret, String key) {
        return new String(Base64.getDecoder().decode(secret.get(key)), StandardCharsets.UTF_8);
    }

    private static String post(String path, @Nullable String token) throws NoSuchAlgorithmException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        String body = CertificateRequest.create(keys.generateKeyPair()).pem();
        return "POST %s HTTP/1.1\r\nHost: admission\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(
                        path,
                        token == null ? "" : "Authorization: Bearer %s\r\n".formatted(token),
                        body.length(),
                        body);
    }

    private String exec(String script) {
        return aquifer.cluster()
                .kubectl("-n", SHARE.tenant(), "exec", "reader", "--", "sh", "-c", script)
                .strip();
    }
}
