// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.tls;

import io.distdb.api.error.DistDbException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a server proves itself with: TLS 1.2 and 1.3. */
public final class TlsKeys {
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
    PemKeys pem = PemKeys.read(certificate, key);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, pem.key(), new char[0], pem.chain().toArray(new X509Certificate[0]));
      return context(store, new char[0]);
    } catch (IOException | GeneralSecurityException wrong) {
      throw PemKeys.unusable(certificate, key, wrong);
    }
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
