package dev.aquifer.webhook.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.aquifer.webhook.authority.StoredAuthority.Absent;
import dev.aquifer.webhook.authority.StoredAuthority.Corrupt;
import dev.aquifer.webhook.authority.StoredAuthority.Foreign;
import dev.aquifer.webhook.authority.StoredAuthority.Usable;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretStoreIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private final AuthorityState first = AuthorityState.of(Fixtures.authority());
    private final AuthorityState second = AuthorityState.of(Fixtures.authority());
    private Installed installed;
    private SecretStore store;

    @BeforeEach
    void install() {
        installed = new Installed(api, "store-" + UUID.randomUUID());
        store = installed.store();
    }

    @AfterEach
    void remove() {
        installed.close();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.read()).isInstanceOf(Absent.class);
    }

    @Test
    void keepsWhatTheFirstCreated() {
        assertThat(store.create(first)).isTrue();
        assertThat(store.create(second)).isFalse();

        assertThat(usable().state().bundle()).isEqualTo(first.bundle());
        assertThat(secret().getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "aquifer")
                .containsEntry("aquifer.dev/authority", "true");
    }

    @Test
    void replacesOnlyTheVersionThatWasRead() {
        store.create(first);
        var read = usable();

        assertThat(store.replace(second, read.version())).isTrue();
        assertThat(store.replace(first, read.version())).isFalse();

        assertThat(usable().state().bundle()).isEqualTo(second.bundle());
    }

    @Test
    void doesNotReplaceWhatWasDeleted() {
        store.create(first);
        var version = usable().version();
        api.client().resource(secret()).delete();

        assertThat(store.replace(second, version)).isFalse();
        assertThat(store.read()).isInstanceOf(Absent.class);
    }

    @Test
    void keepsWhatOthersAddedToTheSecret() {
        store.create(first);
        api.client()
                .resource(secret())
                .edit(present -> new SecretBuilder(present)
                        .editMetadata()
                        .addToAnnotations("backup", "yes")
                        .endMetadata()
                        .build());

        store.replace(second, usable().version());

        assertThat(secret().getMetadata().getAnnotations()).containsEntry("backup", "yes");
        assertThat(usable().state().bundle()).isEqualTo(second.bundle());
    }

    @Test
    void seesASecretWithoutOurLabelAsAnothers() {
        create(Map.of());

        assertThat(store.read())
                .asInstanceOf(type(Foreign.class))
                .satisfies(foreign -> assertThat(foreign.message()).contains(installed.namespace() + "/aquifer-ca"));
    }

    @Test
    void seesALabelledSecretWithoutAnAuthorityAsCorrupt() {
        create(Map.of(Labels.AUTHORITY, "true"));

        assertThat(store.read()).isInstanceOf(Corrupt.class);
    }

    private void create(Map<String, String> labels) {
        api.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(installed.namespace())
                        .withName(Installed.SECRET)
                        .withLabels(labels)
                        .endMetadata()
                        .addToStringData("password", "another's")
                        .build())
                .create();
    }

    private Usable usable() {
        return assertThat(store.read()).asInstanceOf(type(Usable.class)).actual();
    }

    private Secret secret() {
        return api.client()
                .secrets()
                .inNamespace(installed.namespace())
                .withName(Installed.SECRET)
                .require();
    }
}
