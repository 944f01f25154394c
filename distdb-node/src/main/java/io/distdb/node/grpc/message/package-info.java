// SPDX-License-Identifier: MIT
/**
 * What two nodes say to each other: generated from {@code transport.proto}. Nothing written by hand
 * lives here, and only {@code io.distdb.node.grpc} knows it.
 */
package io.distdb.node.grpc.message;
