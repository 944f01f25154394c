// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifiers of passwords. */
class ScramVerifierTest {
  private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

  /** The exchange that RFC 7677 has as its example: user "user", password "pencil". */
  private static final byte[] AUTH_MESSAGE =
      ("n=user,r=rOprNGfwEbeRWgbNEkqO,"
              + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
              + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
              + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
          .getBytes(StandardCharsets.US_ASCII);

  private static final byte[] PROOF =
      Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");

  private static final String SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  @Test
  void theExampleOfTheRfcProvesItself() {
    ScramVerifier verifier = ScramVerifier.of("pencil", SALT, 4096);
    assertThat(verifier.proves(AUTH_MESSAGE, PROOF)).isTrue();
    assertThat(Base64.getEncoder().encodeToString(verifier.serverSignature(AUTH_MESSAGE)))
        .isEqualTo(SIGNATURE);
    PROOF[5] ^= 1;
    assertThat(verifier.proves(AUTH_MESSAGE, PROOF)).isFalse();
    PROOF[5] ^= 1;
    assertThat(ScramVerifier.of("Pencil", SALT, 4096).proves(AUTH_MESSAGE, PROOF)).isFalse();
  }

  @Test
  void textIsReadBack() {
    ScramVerifier verifier = ScramVerifier.of("pencil");
    String text = verifier.text();
    assertThat(text).startsWith("SCRAM-SHA-256$4096:");
    assertThat(ScramVerifier.parse(text).orElseThrow().text()).isEqualTo(text);
    assertThat(ScramVerifier.parse(text).orElseThrow().matches("pencil")).isTrue();
    assertThat(ScramVerifier.of("pencil").text()).as("its own salt").isNotEqualTo(text);
    assertThat(verifier.toString()).doesNotContain(text.substring(25, 50));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pencil",
        "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA",
        "SCRAM-SHA-256$0:W22ZaJ0SNY7soEsUEjb6gQ==$x:y",
        "md5aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void whatIsNoVerifierIsAPassword(String text) {
    assertThat(ScramVerifier.parse(text)).isEmpty();
  }

  @Test
  void passwordsThatSaslprepMakesTheSameAreTheSame() {
    ScramVerifier verifier = ScramVerifier.of("I\u00ADX\u2168", SALT, 16);
    assertThat(verifier.matches("IXIX")).isTrue();
    assertThat(verifier.matches("ixix")).isFalse();
    assertThat(ScramVerifier.of("\u0007", SALT, 16).matches("\u0007")).as("prohibited").isTrue();
  }
}
