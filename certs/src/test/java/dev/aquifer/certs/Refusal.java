package dev.aquifer.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.certs.InvalidCertificate.Problem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/** The assertion that something is refused for one reason. */
final class Refusal {
    private Refusal() {}

    static ThrowableAssertAlternative<InvalidCertificate> assertInvalid(Problem problem, ThrowingCallable call) {
        return assertThatExceptionOfType(InvalidCertificate.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
