// SPDX-License-Identifier: MIT
package io.distdb.testcluster;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of docs/ARCHITECTURE.md, checked on the compiled classes of every module. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.distdb");

  /** Between api and node; none may know another. */
  private static final List<String> SIBLINGS =
      List.of(
          "io.distdb.sql..",
          "io.distdb.storage.memory..",
          "io.distdb.storage.rocksdb..",
          "io.distdb.raft..",
          "io.distdb.sharding..");

  private static final String[] FACES = {"io.distdb.node..", "io.distdb.client.."};

  /** Everything a user runs: the test tools and benchmarks are left out. */
  private static final DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> PRODUCT =
      resideInAPackage("io.distdb..")
          .and(
              DescribedPredicate.not(
                  resideInAnyPackage(
                      "io.distdb.testkit..", "io.distdb.testcluster..", "io.distdb.bench..")));

  /** The adapters that turn the JDK's time and threads into Clock and Scheduler. */
  private static final String TIME_ADAPTERS = "io.distdb.api.time";

  /** The JDK wants a thread that it starts itself. */
  private static final String SHUTDOWN_HOOK = "io.distdb.node.cli.EndOfProcess$Hook";

  private static final Set<String> BANNED_CALLS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.time.Instant.now",
          "java.time.LocalDateTime.now",
          "java.util.UUID.randomUUID",
          "java.lang.Math.random",
          "java.lang.Thread.<init>",
          "java.lang.Thread.start",
          "java.lang.Thread.sleep",
          "java.lang.Thread.join",
          "java.lang.Thread.yield",
          "java.lang.Thread.ofPlatform",
          "java.lang.Thread.ofVirtual",
          "java.lang.Thread.startVirtualThread",
          "java.lang.Object.wait",
          "java.lang.Object.notify",
          "java.lang.Object.notifyAll",
          "java.util.concurrent.CompletableFuture.get",
          "java.util.concurrent.CompletableFuture.join",
          "java.util.Collection.parallelStream",
          "java.util.stream.BaseStream.parallel",
          "java.util.Random.<init>()");

  @Test
  void everyModuleWasRead() {
    for (String home :
        List.of("api", "sql", "storage.memory", "raft", "sharding", "node", "client", "testkit")) {
      assertThat(CLASSES)
          .as("classes of io.distdb.%s", home)
          .anyMatch(type -> type.getPackageName().startsWith("io.distdb." + home));
    }
  }

  @Test
  void apiDependsOnTheJdkAndSlf4jAlone() {
    classes()
        .that()
        .resideInAPackage("io.distdb.api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.slf4j..", "io.distdb.api..")
        .check(CLASSES);
  }

  static List<String> siblings() {
    return SIBLINGS;
  }

  @ParameterizedTest
  @MethodSource("siblings")
  void siblingsKnowTheApiAlone(String sibling) {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(sibling)
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.distdb..")
                    .and(DescribedPredicate.not(resideInAnyPackage(sibling, "io.distdb.api.."))));
    rule.allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void testkitKnowsTheApiAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.distdb.testkit..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.distdb..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage("io.distdb.testkit..", "io.distdb.api.."))))
        .check(CLASSES);
  }

  @Test
  void nothingShippedKnowsTheTestTools() {
    noClasses()
        .that()
        .resideInAnyPackage(FACES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.distdb.testkit..", "io.distdb.testcluster..", "io.distdb.bench..")
        .check(CLASSES);
  }

  @Test
  void librariesStayAtHome() {
    staysAt("com.google.inject..", "io.distdb.node.wiring");
    staysAt("org.antlr..", "io.distdb.sql.parse..");
    staysAt("org.rocksdb..", "io.distdb.storage.rocksdb..");
    staysAt("io.grpc..", "io.distdb.node.grpc..");
    staysAt("io.netty..", "io.distdb.node.grpc..");
    staysAt("com.google.protobuf..", "io.distdb.node.grpc..");
    staysAt("org.jline..", "io.distdb.node.cli..");
    staysAt("picocli..", "io.distdb.node.cli..");
    staysAt("ch.qos.logback..", "io.distdb.node.cli..");
  }

  private static void staysAt(String library, String home) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.distdb.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void timeThreadsAndChanceComeThroughThePorts() {
    noClasses()
        .that(PRODUCT)
        .and()
        .resideOutsideOfPackage(TIME_ADAPTERS)
        .and()
        .doNotHaveFullyQualifiedName(SHUTDOWN_HOOK)
        .should()
        .callCodeUnitWhere(describe("it is banned", ArchitectureTest::isBanned))
        .check(CLASSES);
  }

  @Test
  void noProductClassUsesBlockingQueuesOrPools() {
    noClasses()
        .that(PRODUCT)
        .and()
        .resideOutsideOfPackage(TIME_ADAPTERS)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.concurrent\\.(.*BlockingQueue|.*BlockingDeque|SynchronousQueue"
                + "|CountDownLatch|CyclicBarrier|Semaphore|Exchanger|Phaser"
                + "|Executor.*|.*PoolExecutor|ForkJoin.*|ThreadLocalRandom)")
        .check(CLASSES);
  }

  /**
   * Secrets are the server's and the passwords' alone: no simulation is to replay them; nor the
   * names that clients far away give their commits, so that no two are the same.
   */
  @Test
  void onlyTheServerHasSecrets() {
    noClasses()
        .that(PRODUCT)
        .and()
        .resideOutsideOfPackage("io.distdb.node.pgwire..")
        .and()
        .doNotHaveFullyQualifiedName("io.distdb.sql.access.ScramVerifier")
        .and()
        .doNotHaveFullyQualifiedName("io.distdb.client.remote.CommitQuestions")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.SecureRandom")
        .check(CLASSES);
  }

  @Test
  void noProductClassPrintsToTheConsole() {
    noClasses()
        .that(PRODUCT)
        .and()
        .resideOutsideOfPackage("io.distdb.node.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  /** The rule would notice: this very class calls what is banned. */
  @Test
  void theBanIsSeen() {
    JavaClasses own = new ClassFileImporter().importClasses(BreaksTheBan.class);
    ArchRule rule =
        noClasses()
            .should()
            .callCodeUnitWhere(describe("it is banned", ArchitectureTest::isBanned));
    assertThatThrownBy(() -> rule.check(own)).isInstanceOf(AssertionError.class);
  }

  private static boolean isBanned(JavaCall<?> call) {
    String owner = call.getTargetOwner().getFullName();
    String name = owner + "." + call.getName();
    return BANNED_CALLS.contains(name)
        || (BANNED_CALLS.contains(name + "()") && call.getTarget().getRawParameterTypes().isEmpty())
        || (call.getName().equals("parallel") && owner.startsWith("java.util.stream."))
        || call.getName().equals("parallelStream");
  }

  private static final class BreaksTheBan {
    long now() {
      return System.nanoTime();
    }
  }
}
