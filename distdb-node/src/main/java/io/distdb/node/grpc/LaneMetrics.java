// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.cluster.LinkView;
import io.distdb.api.metrics.Metric;
import io.distdb.api.transport.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What the links of a node come to on each lane, as metrics: {@code transport.<lane>.<what>}. */
final class LaneMetrics {
  private LaneMetrics() {}

  static List<Metric> of(Supplier<List<LinkView>> links) {
    List<Metric> metrics = new ArrayList<>();
    for (Envelope.Lane lane : Envelope.Lane.values()) {
      String name = lane.name().toLowerCase(Locale.ROOT);
      new Lane(name, links).addTo(metrics);
    }
    return metrics;
  }

  private record Lane(String lane, Supplier<List<LinkView>> links) {
    void addTo(List<Metric> metrics) {
      metrics.add(counter("connects", "connections", "Connections made", LinkView::connects));
      metrics.add(counter("sent_messages", "messages", "Messages sent", LinkView::sentMessages));
      metrics.add(counter("sent_bytes", "bytes", "Bytes sent", LinkView::sentBytes));
      metrics.add(
          counter(
              "received_messages", "messages", "Messages received", LinkView::receivedMessages));
      metrics.add(counter("received_bytes", "bytes", "Bytes received", LinkView::receivedBytes));
      metrics.add(
          counter(
              "dropped_messages",
              "messages",
              "Messages dropped: no connection, or a full queue",
              LinkView::droppedMessages));
      metrics.add(
          gauge(
              "queued_messages", "messages", "Messages that wait to go", LinkView::queuedMessages));
      metrics.add(gauge("queued_bytes", "bytes", "Bytes that wait to go", LinkView::queuedBytes));
    }

    private Metric counter(String name, String unit, String what, ToLongFunction<LinkView> ofLink) {
      return Metric.counter(full(name), unit, text(what), () -> sum(ofLink));
    }

    private Metric gauge(String name, String unit, String what, ToLongFunction<LinkView> ofLink) {
      return Metric.gauge(full(name), unit, text(what), () -> sum(ofLink));
    }

    private String full(String name) {
      return "transport." + lane + "." + name;
    }

    private String text(String what) {
      return what + ", on lane " + lane + ", with all other nodes.";
    }

    private long sum(ToLongFunction<LinkView> ofLink) {
      return links.get().stream().filter(link -> link.lane().equals(lane)).mapToLong(ofLink).sum();
    }
  }
}
