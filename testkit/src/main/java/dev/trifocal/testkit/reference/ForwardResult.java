package dev.trifocal.testkit.reference;

import java.util.Map;

/**
 * The results of a forward pass.
 *
 * @param outputs the outputs by name
 * @param statistics the updated running statistics, by weight name; empty in evaluation mode
 */
public record ForwardResult(
    Map<String, ReferenceArray> outputs, Map<String, ReferenceArray> statistics) {}
