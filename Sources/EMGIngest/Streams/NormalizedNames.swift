internal import EMGSignal

/// What a source says of its channels, classes and targets in the forms that recordings keep:
/// names in Unicode's composed form, units in the spelling of the one table of units.
struct NormalizedNames {
    /// The metadata with these names and units.
    let metadata: StreamMetadata
    /// What was assumed of units, or is not known of them.
    let warnings: [IngestWarning]

    init(_ source: StreamMetadata, at location: SourceLocation) {
        var metadata = source
        var assumed: [(text: String, unit: String)] = []
        var unknown: [String] = []
        metadata.channels = source.channels.map { channel in
            let reading = UnitTable.reading(of: channel.unit)
            if let reading, reading.isAssumed, !assumed.contains(where: { $0.text == channel.unit })
            {
                assumed.append((channel.unit, reading.unit))
            }
            if let reading, !reading.isKnown, !unknown.contains(reading.unit) {
                unknown.append(reading.unit)
            }
            return Channel(
                name: channel.name.normalizedName, unit: reading?.unit ?? channel.unit)
        }
        if case .classes(let names) = source.labels {
            metadata.labels = .classes(names.map(\.normalizedName))
        }
        self.metadata = metadata
        var warnings = assumed.map { text, unit in
            IngestWarning(
                .unit, at: location,
                message:
                    "the unit \"\(text)\" is assumed to be \(unit), whose first character was lost "
                    + "in another code page")
        }
        if !unknown.isEmpty {
            let listed = unknown.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
            warnings.append(
                IngestWarning(
                    .unit, at: location, count: unknown.count,
                    message: "\(unknown.count == 1 ? "the unit" : "the units") \(listed) "
                        + "\(unknown.count == 1 ? "is" : "are") not known: kept as written"))
        }
        self.warnings = warnings
    }
}
