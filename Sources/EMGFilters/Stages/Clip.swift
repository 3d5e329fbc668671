package import Documents
internal import EMGSignal

/// Samples beyond a range moved to its ends.
package struct Clip: PipelineStage {
    /// Nothing is below it, in the signal's unit.
    package var low = -1.0
    /// Nothing is above it.
    package var high = 1.0

    /// From -1 to 1.
    package init() {}

    /// The name in documents.
    package static let key = "clip"
    /// What it does, in a sentence.
    package static let documentation = "Samples beyond a range moved to its ends."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field("low", \.low, .number(), "The lower end, in the signal's unit.", isRequired: true),
        Field("high", \.high, .number(), "The upper end, above low.", isRequired: true),
    ]

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        guard low >= high else { return }
        throw try object.required("high").error(
            expected: "a number above low, \(low.plain)", found: high.plain)
    }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        guard low < high else {
            throw FilterError(
                .unusableParameter(
                    name: "the upper limit", expected: "above \(low.plain)", found: high),
                hint: "state the lower limit first")
        }
        return StageDesign(
            [.sample(.clip(low: low, high: high))],
            parameters: ["low": .number(low), "high": .number(high)])
    }
}

extension PipelineStage where Self == Clip {
    /// Samples beyond a range moved to its ends.
    ///
    /// - Parameters:
    ///   - low: The lower end, in the signal's unit.
    ///   - high: The upper end.
    /// - Returns: The stage.
    package static func clip(low: Double, high: Double) -> Clip {
        var stage = Clip()
        (stage.low, stage.high) = (low, high)
        return stage
    }
}
