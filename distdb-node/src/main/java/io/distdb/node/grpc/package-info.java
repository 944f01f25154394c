// SPDX-License-Identifier: MIT
/**
 * The {@link io.distdb.api.transport.Transport} between processes, on gRPC. gRPC, Netty and
 * protobuf are seen here alone; what the messages mean is not known here. {@code
 * docs/formats/transport.md} says what goes over the network, {@code
 * docs/adr/0023-a-connection-per-lane.md} why.
 */
package io.distdb.node.grpc;
