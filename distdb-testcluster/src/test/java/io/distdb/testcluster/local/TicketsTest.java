// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** As a user of the library would write it; README.md shows it. */
@DistDbCluster(nodes = 3)
class TicketsTest {
  /** The program that is tested. */
  record TicketShop(Client client) {
    void open(int seats) {
      client.execute("CREATE TABLE seat (id INTEGER PRIMARY KEY, buyer TEXT)");
      client.execute("INSERT INTO seat SELECT n, NULL FROM generate_series(1, $1) n", seats);
    }

    /** True: the seat is the buyer's. */
    boolean sell(int seat, String buyer) {
      try {
        client.execute("UPDATE seat SET buyer = $2 WHERE id = $1 AND buyer IS NULL", seat, buyer);
      } catch (DistDbException failure) {
        if (failure.code() != ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
          throw failure;
        }
      }
      return buyer.equals(
          client.queryValue("SELECT buyer FROM seat WHERE id = $1", String.class, seat));
    }
  }

  @Test
  void everySeatIsSoldOnceThoughTheLeaderDies(LocalCluster cluster, Client client) {
    TicketShop shop = new TicketShop(client);
    shop.open(40);
    CompletableFuture<Integer> others = CompletableFuture.supplyAsync(() -> sellAll(shop, "bob"));
    cluster.kill(cluster.leader());
    int mine = sellAll(shop, "alice");
    assertThat(mine + others.join()).isEqualTo(40);
    cluster.recover();
    assertThat(
            cluster
                .client(cluster.leader())
                .queryValue("SELECT count(buyer) FROM seat", Long.class))
        .isEqualTo(40);
  }

  private static int sellAll(TicketShop shop, String buyer) {
    int sold = 0;
    for (int seat = 1; seat <= 40; seat++) {
      sold += shop.sell(seat, buyer) ? 1 : 0;
    }
    return sold;
  }
}
