/**
 * Transfer learning: a network that someone else trained gets a new head, which learns while the
 * rest is frozen; then the last layers of the rest learn on at a lower rate.
 */
package dev.trifocal.transfer;
