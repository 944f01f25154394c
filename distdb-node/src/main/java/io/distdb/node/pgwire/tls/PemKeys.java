// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.tls;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key and the certificates that go with it, as PEM files have them.
 *
 * @param chain the key's own certificate first, then those that signed it
 */
public record PemKeys(PrivateKey key, List<X509Certificate> chain) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  public PemKeys {
    Objects.requireNonNull(key, "key");
    chain = List.copyOf(chain);
  }

  /**
   * Reads both.
   *
   * @param certificate of the key first, then those that signed it
   * @param key PKCS#8, not encrypted
   * @throws DistDbException {@code CONFIGURATION_ERROR}: they cannot be read, or are something else
   */
  public static PemKeys read(Path certificate, Path key) {
    try {
      return new PemKeys(privateKey(key), chain(certificate));
    } catch (IOException | GeneralSecurityException wrong) {
      throw unusable(certificate, key, wrong);
    }
  }

  /**
   * Reads certificates that are trusted.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}: they cannot be read, or are something else
   */
  public static List<X509Certificate> authorities(Path file) {
    try {
      return chain(file);
    } catch (IOException | GeneralSecurityException wrong) {
      throw new DistDbException(
          ErrorCode.CONFIGURATION_ERROR,
          "the certificates that are trusted, " + file + ", cannot be used: " + wrong.getMessage(),
          wrong);
    }
  }

  static DistDbException unusable(Path certificate, Path key, Exception wrong) {
    if (wrong instanceof NoSuchFileException missing) {
      return new DistDbException(
              ErrorCode.CONFIGURATION_ERROR, "there is no file " + missing.getFile(), missing)
          .withHint("tls_certificate and tls_key name PEM files.");
    }
    if (wrong instanceof AccessDeniedException denied) {
      return new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "cannot read " + denied.getFile() + ": permission denied",
              denied)
          .withHint("Let the user of this process read it.");
    }
    return new DistDbException(
            ErrorCode.CONFIGURATION_ERROR,
            "the certificate "
                + certificate
                + " and its key "
                + key
                + " cannot be used: "
                + wrong.getMessage(),
            wrong)
        .withHint("Both are PEM, the key PKCS#8: openssl pkcs8 -topk8 -nocrypt makes it so.");
  }

  private static List<X509Certificate> chain(Path file)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        found.add((X509Certificate) one);
      }
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException(file + " has no certificate");
    }
    return found;
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw new GeneralSecurityException(file + " has no PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException another) {
        // The next algorithm may be its.
      }
    }
    throw new GeneralSecurityException("the key in " + file + " is none of " + ALGORITHMS);
  }
}
