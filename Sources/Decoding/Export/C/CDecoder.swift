internal import EMGArchive
internal import EMGFilters
internal import EMGSignal
internal import MetaLearning

/// A bundle as one file of C99 that decodes samples as they come: conditioning, windows,
/// normalization, the model, its probabilities and what is made of them.
///
/// All memory is static and there is nothing of the C library in it, so that it runs where there is
/// no operating system.
package struct CDecoder: Sendable {
    /// The text of the file: the same for the same bundle.
    package let text: String
    /// Bytes of constants, which may stay in flash memory.
    package let constantBytes: Int
    /// Bytes of memory that change.
    package let memoryBytes: Int

    /// Translates a bundle.
    ///
    /// - Parameter bundle: The bundle.
    /// - Throws: ``DecodingError`` for a model or a conditioning that C cannot have.
    package init(_ bundle: DecoderBundle) throws(DecodingError) {
        let model =
            if let discriminant = bundle.model as? DiscriminantModel {
                CModel(discriminant)
            } else {
                CModel(try ExportedNetwork(bundle, to: "C"))
            }
        let conditioning = try Self.conditioning(bundle)
        let channelCount = bundle.channelCount
        let length = bundle.input.window.length
        let control = CControl(try bundle.makeControl())
        constantBytes =
            model.tableBytes + conditioning.tableBytes + control.tableBytes
            + (model.isNormalized ? 16 * channelCount : 0)
        // The ring of samples, the sample itself, probabilities and what is counted.
        memoryBytes =
            model.memoryBytes + conditioning.memoryBytes + control.memoryBytes
            + (control.needsAmplitude ? 8 * length : 0) + 4 * length * channelCount
            + 8 * channelCount + 8 * bundle.model.classCount + 40
        let functions = CFunction.closure(
            of: model.functions.union(conditioning.functions)
                .union([.isFinite, .exponential]))
        let parts = CDecoderParts(
            bundle: bundle, model: model, conditioning: conditioning, control: control)
        let sections: [String] =
            [parts.head(constantBytes: constantBytes, memoryBytes: memoryBytes), parts.interface]
            + functions.map(\.text)
            + [
                parts.conditioningText, model.text, parts.decoderText, parts.end, parts.example,
            ]
        text = sections.joined(separator: "\n\n") + "\n"
    }

    private static func conditioning(
        _ bundle: DecoderBundle
    ) throws(DecodingError) -> CConditioning {
        let steps: [CausalStep]
        do throws(FilterError) {
            steps = try bundle.causalSteps()
        } catch {
            throw DecodingError(
                .notCausal(stage: error.description), at: "conditioning",
                hint: "filter with phase: causal")
        }
        return try CConditioning(steps, channelCount: bundle.channelCount)
    }
}
