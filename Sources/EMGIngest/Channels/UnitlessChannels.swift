internal import PrintableText

extension IngestWarning {
    /// Says that a unit was assumed for channels that have none.
    ///
    /// - Parameters:
    ///   - names: The channels without a unit.
    ///   - unit: What was assumed.
    ///   - location: Where units would stand.
    /// - Returns: The warning; `nil` when all have one.
    static func unitless(
        _ names: [String], assuming unit: String, at location: SourceLocation
    ) -> IngestWarning? {
        names.first.map { first in
            IngestWarning(
                .assumption, at: location, count: names.count,
                message: "\(names.count, of: "channel has", plural: "channels have") no unit, "
                    + "first \"\(first)\": assumed \(unit)")
        }
    }
}
