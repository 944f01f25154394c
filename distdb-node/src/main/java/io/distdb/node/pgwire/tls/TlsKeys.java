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
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a server proves itself with: TLS 1.2 and 1.3. */
public final class TlsKeys {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final String ALIAS = "distdb";

  private TlsKeys() {}

  /**
   * From PEM files.
   *
   * @param certificate of the server first, then those that signed it
   * @param key PKCS#8, not encrypted
   * @throws DistDbException {@code CONFIGURATION_ERROR}: they cannot be read, or are something else
   */
  public static SSLContext ofPem(Path certificate, Path key) {
    try {
      Certificate[] chain = chain(certificate);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, privateKey(key), new char[0], chain);
      return context(store, new char[0]);
    } catch (NoSuchFileException missing) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR, "there is no file " + missing.getFile(), missing)
          .withHint("tls_certificate and tls_key name PEM files.");
    } catch (AccessDeniedException denied) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "cannot read " + denied.getFile() + ": permission denied",
              denied)
          .withHint("Let the user of this process read it.");
    } catch (IOException | GeneralSecurityException wrong) {
      throw new DistDbException(
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
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> found;
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
      found = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException(file + " has no certificate");
    }
    return found.toArray(Certificate[]::new);
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

  static SSLContext context(KeyStore store, char[] password) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /**
   * {@code tls-server-end-point} of RFC 5929: the certificate hashed as it is signed, but for MD5
   * and SHA-1, in whose place SHA-256 stands.
   */
  public static byte[] endPoint(X509Certificate certificate) throws GeneralSecurityException {
    String signed = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    String hash =
        signed.startsWith("SHA384")
            ? "SHA-384"
            : signed.startsWith("SHA512") ? "SHA-512" : "SHA-256";
    return MessageDigest.getInstance(hash).digest(certificate.getEncoded());
  }
}
