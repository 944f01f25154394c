// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests of JUnit a {@link LocalCluster}: tests, constructors and lifecycle methods get it as
 * a parameter of that type, or its {@link LocalCluster#client()} as a parameter of type {@link
 * io.distdb.client.Client}.
 *
 * <pre>{@code
 * @DistDbCluster(nodes = 3)
 * class TransfersTest {
 *   @Test
 *   void moneyStaysWhenTheLeaderDies(LocalCluster cluster, Client client) {
 *     client.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
 *     cluster.kill(cluster.leader());
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>On a class: one cluster for all its tests and those of its nested classes, started when it is
 * first asked for; before each test what is down or in trouble is mended ({@link
 * LocalCluster#recover}), and data stay. On a method: a cluster of its own, empty. It ends with the
 * class or the test.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ClusterExtension.class)
public @interface DistDbCluster {
  /** How many nodes, 1 to 9. */
  int nodes() default 3;

  /** Whether PostgreSQL's clients get in, too; see {@link LocalCluster#jdbcUrl()}. */
  boolean servesPostgres() default false;
}
