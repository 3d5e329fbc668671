/// Rows of samples as lines of text.
enum SampleText {
    /// Appends a line: the number of the sample, and the value of each channel as the shortest
    /// decimal that reads back as the same number; `nan` for what is not finite, or beyond 2⁶³,
    /// which no converter gives.
    ///
    /// - Parameters:
    ///   - sample: The number of the sample.
    ///   - row: The values of all channels.
    ///   - text: What is appended to.
    static func append(_ sample: Int, _ row: ArraySlice<Float>, to text: inout [UInt8]) {
        text += "\(sample)".utf8
        for value in row {
            text.append(UInt8(ascii: ","))
            append(value, to: &text)
        }
        text.append(UInt8(ascii: "\n"))
    }

    /// Whether a value can be written.
    static func isNumber(_ value: Float) -> Bool { value.magnitude < 0x1p63 }

    private static func append(_ value: Float, to text: inout [UInt8]) {
        guard isNumber(value) else {
            text += "nan".utf8
            return
        }
        // Whole numbers without an exponent: a reader takes 1.6777216e+07 for one that was rounded.
        if value == value.rounded(), value != 0 || value.sign == .plus {
            text += "\(Int64(value))".utf8
        } else {
            text += value.description.utf8
        }
    }
}
