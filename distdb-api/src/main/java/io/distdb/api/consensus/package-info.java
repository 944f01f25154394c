// SPDX-License-Identifier: MIT
/** The Consensus port: a log per group, agreed upon, then applied in order everywhere. */
package io.distdb.api.consensus;
