// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's judgement of certificates, whose refusals say whose certificate it was. */
final class NamingTrust extends X509ExtendedTrustManager {
  /** A certificate that the cluster's authorities have not signed, or that is another host's. */
  static final class Untrusted extends CertificateException {
    private static final long serialVersionUID = 1L;

    Untrusted(String message) {
      super(message);
    }
  }

  private final X509ExtendedTrustManager judge;
  private final Consumer<String> told;

  /**
   * @param told each refusal, by the threads of connections
   */
  NamingTrust(List<X509Certificate> authorities, Consumer<String> told)
      throws GeneralSecurityException {
    this.told = told;
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      trusted.load(null, null);
    } catch (IOException never) {
      throw new GeneralSecurityException("an empty store of certificates", never);
    }
    for (int i = 0; i < authorities.size(); i++) {
      trusted.setCertificateEntry("authority " + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    X509ExtendedTrustManager found = null;
    for (TrustManager manager : factory.getTrustManagers()) {
      found = manager instanceof X509ExtendedTrustManager one ? one : found;
    }
    if (found == null) {
      throw new GeneralSecurityException("the JDK has no judge of certificates");
    }
    judge = found;
  }

  private interface Judgement {
    void check() throws CertificateException;
  }

  private void judge(X509Certificate[] chain, Judgement judgement) throws CertificateException {
    try {
      judgement.check();
    } catch (CertificateException refused) {
      String text =
          chain == null || chain.length == 0
              ? "no certificate was shown"
              : "the certificate of %s, signed by %s, is refused: %s"
                  .formatted(
                      chain[0].getSubjectX500Principal(),
                      chain[0].getIssuerX500Principal(),
                      refused.getMessage());
      told.accept(text);
      throw new Untrusted(text);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(chain, () -> judge.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(chain, () -> judge.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(chain, () -> judge.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(chain, () -> judge.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge(chain, () -> judge.checkClientTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge(chain, () -> judge.checkServerTrusted(chain, type));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
