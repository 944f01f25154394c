// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.txn.IsolationLevel;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The isolation levels, anomaly by anomaly: what each must stop, and what it is known to let by.
 */
@Timeout(60)
public abstract class IsolationContract {
  private static final Set<Anomaly> STOPPED_BY_ALL =
      EnumSet.of(Anomaly.G0, Anomaly.G1A, Anomaly.G1B, Anomaly.G1C, Anomaly.OTV);
  private static final Set<Anomaly> STOPPED_BY_REPEATABLE_READ =
      EnumSet.of(Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE);

  private TransactionHome home;

  protected abstract TransactionHome open();

  @BeforeEach
  void openHome() {
    home = open();
  }

  @AfterEach
  void closeHome() {
    home.close();
  }

  @ParameterizedTest
  @EnumSource(Anomaly.class)
  void readCommitted(Anomaly anomaly) {
    // A script that sees nothing at the weakest level could not see anything elsewhere.
    assertThat(observed(anomaly, IsolationLevel.READ_COMMITTED))
        .isEqualTo(!STOPPED_BY_ALL.contains(anomaly));
  }

  @ParameterizedTest
  @EnumSource(Anomaly.class)
  void repeatableRead(Anomaly anomaly) {
    assertThat(observed(anomaly, IsolationLevel.REPEATABLE_READ))
        .isEqualTo(
            !STOPPED_BY_ALL.contains(anomaly) && !STOPPED_BY_REPEATABLE_READ.contains(anomaly));
  }

  @ParameterizedTest
  @EnumSource(Anomaly.class)
  void serializable(Anomaly anomaly) {
    assertThat(observed(anomaly, IsolationLevel.SERIALIZABLE)).isFalse();
  }

  private boolean observed(Anomaly anomaly, IsolationLevel level) {
    try (AnomalyScripts scripts = new AnomalyScripts(home.manager(), level)) {
      return scripts.observed(anomaly);
    }
  }
}
