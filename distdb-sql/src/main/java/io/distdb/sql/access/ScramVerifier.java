// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of a password, from which it cannot be told: it can only be tried (RFC 5802, section
 * 3; RFC 7677). Written as PostgreSQL does: {@code
 * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}, the bytes in Base64.
 *
 * <pre>
 * SaltedPassword  = PBKDF2(SASLprep(password), salt, iterations)
 * StoredKey       = SHA-256(HMAC(SaltedPassword, "Client Key"))
 * ServerKey       = HMAC(SaltedPassword, "Server Key")
 * </pre>
 */
public final class ScramVerifier {
  public static final int ITERATIONS = 4096;

  /** Of salts made here. */
  public static final int SALT_BYTES = 16;

  public static final int KEY_BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  private static final Pattern FORM =
      Pattern.compile(
          "SCRAM-SHA-256\\$(\\d{1,9}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final int iterations;
  private final byte[] salt;
  private final byte[] storedKey;
  private final byte[] serverKey;

  private ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    this.iterations = iterations;
    this.salt = salt;
    this.storedKey = storedKey;
    this.serverKey = serverKey;
  }

  /** A verifier of {@code password} with a salt of its own. Takes some milliseconds, on purpose. */
  public static ScramVerifier of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return of(password, salt, ITERATIONS);
  }

  public static ScramVerifier of(String password, byte[] salt, int iterations) {
    byte[] salted = saltedPassword(prepared(password), salt, iterations);
    byte[] clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
    byte[] serverKey = hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
    return new ScramVerifier(iterations, salt.clone(), sha256(clientKey), serverKey);
  }

  /** Absent: it is not written as a verifier is. */
  public static Optional<ScramVerifier> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      byte[] salt = base64.decode(matcher.group(2));
      byte[] storedKey = base64.decode(matcher.group(3));
      byte[] serverKey = base64.decode(matcher.group(4));
      int iterations = Integer.parseInt(matcher.group(1));
      return iterations > 0 && storedKey.length == KEY_BYTES && serverKey.length == KEY_BYTES
          ? Optional.of(new ScramVerifier(iterations, salt, storedKey, serverKey))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** As it is stored. Whoever has it can pretend to be the server, and try passwords at leisure. */
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "SCRAM-SHA-256$"
        + iterations
        + ":"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(storedKey)
        + ":"
        + base64.encodeToString(serverKey);
  }

  public int iterations() {
    return iterations;
  }

  public byte[] salt() {
    return salt.clone();
  }

  /** Whether a client that proves itself with {@code proof} knows the password. */
  public boolean proves(byte[] authMessage, byte[] proof) {
    if (proof.length != KEY_BYTES) {
      return false;
    }
    byte[] clientKey = hmac(storedKey, authMessage);
    for (int i = 0; i < clientKey.length; i++) {
      clientKey[i] ^= proof[i];
    }
    return MessageDigest.isEqual(sha256(clientKey), storedKey);
  }

  /** By what the client knows that the server knows the verifier. */
  public byte[] serverSignature(byte[] authMessage) {
    return hmac(serverKey, authMessage);
  }

  /** Whether it is {@code password}'s. */
  public boolean matches(String password) {
    ScramVerifier other = of(password, salt, iterations);
    return MessageDigest.isEqual(other.storedKey, storedKey);
  }

  /** SASLprep of RFC 4013; what it prohibits is taken as it is, as PostgreSQL does. */
  private static byte[] prepared(String password) {
    String text;
    try {
      Profile saslPrep = new SASLprep();
      text = saslPrep.prepareStored(password);
    } catch (IllegalArgumentException prohibited) {
      text = password;
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Hi() of RFC 5802: PBKDF2 with one block. */
  private static byte[] saltedPassword(byte[] password, byte[] salt, int iterations) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, HMAC));
      mac.update(salt);
      byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
      byte[] result = block.clone();
      for (int i = 1; i < iterations; i++) {
        block = mac.doFinal(block);
        for (int k = 0; k < result.length; k++) {
          result[k] ^= block[k];
        }
      }
      Arrays.fill(password, (byte) 0);
      return result;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + HMAC, missing);
    }
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + HMAC, missing);
    }
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no SHA-256", missing);
    }
  }

  /** Says nothing of the keys. */
  @Override
  public String toString() {
    return "SCRAM-SHA-256$" + iterations + ":…";
  }
}
