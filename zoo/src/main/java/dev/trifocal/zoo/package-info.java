/**
 * Published networks, one class per publication, found by name through {@link
 * dev.trifocal.zoo.Zoo}. Input sizes of dense layers are inferred from the input shape, so networks
 * can be built for other image sizes.
 */
package dev.trifocal.zoo;
