// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.cli.LatencyChart.Mark;
import io.distdb.node.cli.SteadyLoad.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatencyChartTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void aColumnWithoutAWriteIsBlankAndTheSlowestStandsOut() {
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < 8; second++) {
      if (second < 3 || second > 5) {
        samples.add(written(second, 1));
        samples.add(written(second, 2));
      }
    }
    samples.add(written(6, 4_000));
    List<Mark> marks = List.of(new Mark(3 * SECOND, 'K', "the leader is killed"));
    assertThat(LatencyChart.lines(samples, marks, 0, 8 * SECOND, 8))
        .containsExactly(
            "writes   |▆▆▆   █▆| up to 3/s",
            "slowest  |▂▂▂   █▂| up to 4,000 ms",
            "             K",
            "  K    3.0 s  the leader is killed");
  }

  @Test
  void whatHappenedAtOnceStandsSideBySide() {
    List<Mark> marks =
        List.of(
            new Mark(2 * SECOND, 'K', "one"),
            new Mark(2 * SECOND, 'R', "two"),
            new Mark(90 * SECOND, 'E', "late"));
    assertThat(LatencyChart.lines(List.of(), marks, 0, 8 * SECOND, 8))
        .startsWith("writes   |        | up to 0/s", "slowest  |        | up to 0 ms")
        .contains("            KR   E");
  }

  private static Sample written(int second, long latencyMillis) {
    long acknowledged = second * SECOND + SECOND / 2;
    return new Sample(second, acknowledged - latencyMillis * 1_000_000, acknowledged);
  }
}
