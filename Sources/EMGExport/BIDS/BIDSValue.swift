internal import Documents
internal import EMGSignal

/// Values of BIDS' descriptions, in which whole numbers have no point.
enum BIDSValue {
    /// A number.
    static func number(_ value: Double) -> DocumentValue {
        Int(exactly: value).map(DocumentValue.integer) ?? .number(value)
    }

    /// A parameter of a processing step.
    static func parameter(_ value: ProcessingStep.Value) -> DocumentValue {
        switch value {
        case .number(let value): number(value)
        case .list(let values): .array(values.map(parameter))
        case .integer, .text, .flag: value.document
        }
    }
}
