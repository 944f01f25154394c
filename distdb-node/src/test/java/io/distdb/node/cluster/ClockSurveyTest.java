// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who is wrong when clocks disagree, as node a sees it; offsets are in milliseconds. */
final class ClockSurveyTest {
  private static final NodeId B = new NodeId("b");
  private static final NodeId C = new NodeId("c");
  private static final NodeId D = new NodeId("d");
  private static final NodeId E = new NodeId("e");

  private static ClockSurvey survey(Map<NodeId, Long> millis, long errorMillis) {
    Map<NodeId, ClockOffset> offsets = new TreeMap<>();
    millis.forEach(
        (node, offset) -> offsets.put(node, new ClockOffset(offset * 1_000, errorMillis * 1_000)));
    return new ClockSurvey(offsets, 500_000);
  }

  private static ClockSurvey survey(Map<NodeId, Long> millis) {
    return survey(millis, 1);
  }

  @Test
  void mostAreRight() {
    assertThat(survey(Map.of(B, 3_600_000L, C, 3_600_100L)).againstThis()).containsExactly(B, C);
    assertThat(survey(Map.of(B, -9_000L, C, -9_100L, D, 20L)).againstThis()).isEmpty();
    assertThat(survey(Map.of(B, -9_000L, C, -9_100L, D, 20L, E, -9_050L)).againstThis())
        .containsExactly(B, C, E);
  }

  @Test
  void oneThatIsWrongMakesNobodyElseWrong() {
    ClockSurvey survey = survey(Map.of(B, 3_600_000L, C, 100L));
    assertThat(survey.againstThis()).isEmpty();
    assertThat(survey.ofThis().agrees()).isTrue();
    assertThat(survey.of(B).orElseThrow().agrees()).isFalse();
    assertThat(survey.of(B).orElseThrow().aheadMicros()).isEqualTo(3_600_000_000L);
    assertThat(survey.of(C).orElseThrow().agrees()).isTrue();
    assertThat(survey.of(D)).isEmpty();
  }

  @Test
  void withoutAMajorityNobodyIsWrong() {
    assertThat(survey(Map.of()).againstThis()).isEmpty();
    assertThat(survey(Map.of(B, 3_600_000L)).againstThis()).isEmpty();
    assertThat(survey(Map.of(B, 3_600_000L, C, -3_600_000L)).againstThis()).isEmpty();
    assertThat(survey(Map.of(B, 9_000L, C, 9_000L, D, 0L)).againstThis()).isEmpty();
  }

  @Test
  void whatIsNotProvenIsAgreement() {
    assertThat(survey(Map.of(B, 900L, C, 900L), 401).againstThis()).isEmpty();
    assertThat(survey(Map.of(B, 900L, C, 900L), 399).againstThis()).containsExactly(B, C);
  }
}
