/// The texts by which annotations of other formats say quality problems of samples.
///
/// What is bad begins with `BAD_`, as programs of the field have it: they leave it out. The rest
/// begins with `quality_`. A channel is named behind `@@`, as EDF+ has it.
package enum QualityAnnotation {
    /// Samples that fill a gap of known length.
    package static let filledGap = "BAD_gap_filled"
    /// A gap of unknown length, between the sample at which it stands and the one before.
    package static let gap = "BAD_gap"
    /// Samples that fill up a last record.
    package static let fill = "BAD_ACQ_SKIP"
    private static let mark = "quality_"

    /// The text for a kind.
    package static func text(of kind: QualityInterval.Kind) -> String {
        switch kind {
        case .gap: gap
        case .saturation: "BAD_saturation"
        case .nonFinite: "BAD_non-finite"
        case .flatLine: "BAD_flat-line"
        case .markedBad: "BAD_marked"
        case .mainsHum: mark + "mains-hum"
        case .relabeled: mark + "relabeled"
        case .repaired: mark + "repaired"
        case .filterEdge: mark + "filter-edge"
        }
    }

    /// Whether a text marks samples as bad.
    package static func isBad(_ text: String) -> Bool { text.uppercased().hasPrefix("BAD") }

    /// Whether a text says something of quality and is no label.
    package static func isOne(_ text: String) -> Bool { isBad(text) || kind(of: text) != nil }

    /// The kind that a text stands for, exactly; `nil` for texts of other programs.
    package static func kind(of text: String) -> QualityInterval.Kind? {
        QualityInterval.Kind.allCases.first { self.text(of: $0) == text }
            ?? QualityInterval.Kind.earlierNames.first { mark + $0.key == text }?.value
    }
}
