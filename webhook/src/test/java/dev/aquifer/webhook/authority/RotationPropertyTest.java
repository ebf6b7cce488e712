package dev.aquifer.webhook.authority;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At every second of a long life with many rotations, every leaf in use verifies against every bundle in use. */
class RotationPropertyTest {
    private static final int SECONDS = 1000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leavesNoGapWhenAllGoesWell(long seed) {
        var installation = new Installation(seed);

        for (int i = 0; i < SECONDS; i++) {
            installation.second();
        }

        assertThat(installation.signers()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(installation.trusted()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void leavesNoGapWhenReplicasLoseTheApiServer(long seed) {
        var installation = new Installation(seed);

        for (int i = 0; i < SECONDS; i++) {
            installation.partitionSome();
            installation.second();
        }

        assertThat(installation.signers()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void leavesNoGapWhenTheSecretIsDeletedOrDamaged(long seed) {
        var installation = new Installation(seed);

        for (int i = 0; i < SECONDS; i++) {
            installation.destroySome();
            installation.second();
        }

        assertThat(installation.signers()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void leavesNoGapWhenConfigurationsAreSetBack(long seed) {
        var installation = new Installation(seed);

        for (int i = 0; i < SECONDS; i++) {
            installation.setBackSome();
            installation.second();
        }

        assertThat(installation.signers()).hasSizeGreaterThanOrEqualTo(3);
    }
}
