// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault at every boundary and call of every workload; in a usual build a share of them. Red
 * when anything acknowledged is lost, anything is half applied, damage is served, an index
 * disagrees with its table, reads stop because the disk does, writes do not go on when there is
 * space again, or the database does not open. {@code -Pcrashpoints} plays all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashEnumerationTest {
  private static final long SEED = Long.getLong("distdb.seed", 1);

  /** How many of each workload and model. */
  private static final int SHARE = Integer.getInteger("distdb.crashpoints", 4);

  private final CrashReport whole = new CrashReport();

  static List<Workload> workloads() {
    String only = System.getProperty("distdb.workload", "");
    return Workloads.all().stream().filter(one -> one.name().startsWith(only)).toList();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void noPromiseIsBroken(Workload workload) {
    List<FaultModel> models = List.of(FaultModel.values());
    List<CrashPoint> points = Enumerator.points(workload, SEED, models);
    CrashReport report = Enumerator.play(Enumerator.share(points, SHARE));
    whole.addAll(report);
    assertThat(report.violations()).isEmpty();
    assertThat(report.count(FaultModel.TORN)).isPositive();
  }

  @AfterAll
  void printTable() {
    System.out.println(whole);
  }
}
