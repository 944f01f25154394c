// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static io.distdb.sql.execute.JoinTypesTest.A;
import static io.distdb.sql.execute.JoinTypesTest.B;
import static io.distdb.sql.execute.JoinTypesTest.C;
import static io.distdb.sql.execute.JoinTypesTest.D;
import static io.distdb.sql.execute.JoinTypesTest.NONE;
import static io.distdb.sql.execute.JoinTypesTest.execution;
import static io.distdb.sql.execute.JoinTypesTest.expected;
import static io.distdb.sql.execute.JoinTypesTest.random;
import static io.distdb.sql.execute.JoinTypesTest.reference;
import static io.distdb.sql.execute.JoinTypesTest.run;
import static io.distdb.sql.execute.JoinTypesTest.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.spill.SpillScope;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Hash joins with less memory than their build side takes give what SQL says. */
class SpilledJoinTest {
  private final SpillSpace space = SpillSpace.open(new SimulatedDisk(1), SpillSpace.UNLIMITED);

  private static PhysicalPlan join(
      JoinType type, List<Integer[]> left, List<Integer[]> right, boolean further) {
    Expression less = new Expression.Compare(Comparison.LESS, reference(B), reference(D));
    return new PhysicalPlan.HashJoin(
        type,
        values(List.of(A, B), left),
        values(List.of(C, D), right),
        List.of(reference(A)),
        List.of(reference(C)),
        further ? Optional.of(less) : Optional.empty(),
        false,
        NONE);
  }

  /**
   * @return bytes that were written to files
   */
  private long check(
      JoinType type, List<Integer[]> left, List<Integer[]> right, boolean further, int bytes) {
    try (SpillScope scope = new SpillScope(space)) {
      QueryMemory memory = new QueryMemory(bytes, scope);
      List<String> found = run(join(type, left, right, further), execution(memory));
      assertThat(found)
          .as("%s, further condition %s, %d bytes", type, further, bytes)
          .isEqualTo(expected(type, left, right, further));
      assertThat(memory.usedBytes()).isZero();
      assertThat(space.usedBytes()).as("files left by %s", type).isZero();
      return memory.spilledBytes();
    }
  }

  private void checkAll(List<Integer[]> left, List<Integer[]> right) {
    for (JoinType type : JoinType.values()) {
      assertThat(check(type, left, right, false, 16_000)).as("%s", type).isPositive();
      assertThat(check(type, left, right, true, 16_000)).as("%s", type).isPositive();
    }
  }

  private static List<Integer[]> ofKey(Integer key, int rows) {
    List<Integer[]> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(new Integer[] {key, i});
    }
    return all;
  }

  @Property(tries = 8)
  void everyTypeIsWhatSqlSays(
      @ForAll long seed,
      @ForAll @IntRange(min = 10, max = 2_000) int range,
      @ForAll @IntRange(min = 700, max = 1_500) int left,
      @ForAll @IntRange(min = 1_000, max = 1_500) int right) {
    Random random = new Random(seed);
    checkAll(random(random, left, range), random(random, right, range));
  }

  @Example
  void oneKeyIsJoinedBlockByBlock() {
    List<Integer[]> left = ofKey(7, 40);
    left.addAll(ofKey(null, 30));
    left.addAll(random(new Random(3), 100, 20));
    checkAll(left, ofKey(7, 3_000));
  }

  @Example
  void oneHeavyKeyAmongOthers() {
    List<Integer[]> right = random(new Random(5), 1_500, 700);
    right.addAll(ofKey(11, 2_000));
    List<Integer[]> left = random(new Random(6), 1_000, 700);
    left.addAll(ofKey(11, 30));
    checkAll(left, right);
  }

  @Example
  void nullKeysOfTheBuildSideMatchNothingAndComeOutOnce() {
    List<Integer[]> right = ofKey(null, 3_000);
    List<Integer[]> left = random(new Random(5), 50, 7);
    for (JoinType type : JoinType.values()) {
      check(type, left, right, false, 16_000);
      check(type, left, right, true, 16_000);
    }
  }

  @Example
  void nullKeysOfTheOuterSideMatchNothing() {
    checkAll(ofKey(null, 500), random(new Random(5), 6_000, 900));
  }

  @Example
  void outerSideWithoutRows() {
    List<Integer[]> right = random(new Random(5), 2_000, 900);
    for (JoinType type : JoinType.values()) {
      check(type, List.of(), right, false, 16_000);
    }
  }

  @Example
  void keysThatMeetNoOther() {
    List<Integer[]> left = new ArrayList<>();
    List<Integer[]> right = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      left.add(new Integer[] {2 * i, i});
      right.add(new Integer[] {2 * i + 1, i});
    }
    checkAll(left, right);
  }

  @Example
  void partitionsOfPartitionsOfPartitions() {
    List<Integer[]> left = new ArrayList<>();
    List<Integer[]> right = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      left.add(new Integer[] {i * 3, i});
      right.add(new Integer[] {i * 2, i + i % 3});
    }
    for (JoinType type : JoinType.values()) {
      assertThat(check(type, left, right, true, 1_500)).isPositive();
    }
  }
}
