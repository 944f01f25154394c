// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.testkit.SeededRandom;
import java.util.List;

/**
 * How a world behaves.
 *
 * @param preemptProbability that a thread is set aside at a preemption point
 * @param preemptWrites whether writes to the disk are preemption points too; only for a product
 *     that never writes within a JDK lock
 * @param forceNanosMin least time a force takes
 * @param forceNanosMax end of the time a usual force takes, exclusive
 * @param slowForceProbability that a force takes a hundred times as long
 * @param stepNanos how far time moves with each turn of a thread
 * @param byPriority whether the next thread is the one of highest (changing, random) priority, else
 *     any; source: Burckhardt et al., "A randomized scheduler with probabilistic guarantees of
 *     finding bugs", ASPLOS 2010
 * @param stepsMax turns after which the run counts as a livelock
 * @param stuckSeconds real seconds without a turn after which the run counts as stuck
 */
public record SimulationOptions(
    double preemptProbability,
    boolean preemptWrites,
    long forceNanosMin,
    long forceNanosMax,
    double slowForceProbability,
    long stepNanos,
    boolean byPriority,
    long stepsMax,
    int stuckSeconds) {

  public SimulationOptions {
    if (forceNanosMin <= 0 || forceNanosMax <= forceNanosMin || stepNanos < 0) {
      throw new IllegalArgumentException("times of a simulation are positive, ranges not empty");
    }
  }

  /** A mix that the seed picks; each kind of disturbance is absent for some seeds. */
  public static SimulationOptions of(long seed) {
    SeededRandom random = new SeededRandom(seed).fork("options");
    return new SimulationOptions(
        random.pick(List.of(0.0, 0.05, 0.3, 0.8)),
        false,
        20_000,
        random.pick(List.of(40_000L, 400_000L)),
        random.pick(List.of(0.0, 0.02)),
        random.pick(List.of(0L, 200L, 2_000L)),
        random.chance(0.4),
        50_000_000,
        60);
  }

  public SimulationOptions withPreemptProbability(double probability) {
    return new SimulationOptions(
        probability,
        preemptWrites,
        forceNanosMin,
        forceNanosMax,
        slowForceProbability,
        stepNanos,
        byPriority,
        stepsMax,
        stuckSeconds);
  }

  public SimulationOptions withPreemptWrites(boolean preempt) {
    return new SimulationOptions(
        preemptProbability,
        preempt,
        forceNanosMin,
        forceNanosMax,
        slowForceProbability,
        stepNanos,
        byPriority,
        stepsMax,
        stuckSeconds);
  }

  public SimulationOptions withStepsMax(long steps) {
    return new SimulationOptions(
        preemptProbability,
        preemptWrites,
        forceNanosMin,
        forceNanosMax,
        slowForceProbability,
        stepNanos,
        byPriority,
        steps,
        stuckSeconds);
  }

  public SimulationOptions withStuckSeconds(int seconds) {
    return new SimulationOptions(
        preemptProbability,
        preemptWrites,
        forceNanosMin,
        forceNanosMax,
        slowForceProbability,
        stepNanos,
        byPriority,
        stepsMax,
        seconds);
  }
}
