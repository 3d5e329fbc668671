internal import Documents
internal import EMGSignal

/// A target track as a template names it.
package struct TemplateTarget<Place: Sendable & Hashable>: Sendable, Hashable {
    /// The track's name.
    let name: String
    /// The unit of its values; empty when nothing says it.
    let unit: String
    /// Where the values are.
    let places: [Place]
    /// The names of its dimensions; empty for those of the source.
    let dimensions: [String]

    /// Reads the member `targets` of a layout, a list.
    ///
    /// - Parameters:
    ///   - cursor: The list; `nil` for none.
    ///   - key: The member of each entry that says where the values are.
    ///   - places: Reads that.
    /// - Returns: The targets in order.
    /// - Throws: `DocumentError` with the place of the fault.
    static func all(
        _ cursor: DocumentCursor?, _ key: String,
        _ places: (DocumentCursor) throws(DocumentError) -> [Place]
    ) throws(DocumentError) -> [TemplateTarget] {
        guard let cursor else { return [] }
        var result: [TemplateTarget] = []
        for element in try cursor.array() {
            let object = try element.object(allowing: ["name", "unit", "dimensions", key])
            let name = try object.required("name")
            let text = try name.name()
            guard !result.contains(where: { $0.name == text }) else {
                throw name.error(expected: "a target that no other is named like")
            }
            var dimensions: [String] = []
            for name in try object.optional("dimensions")?.array() ?? [] {
                dimensions.append(try name.name())
            }
            let found = try places(object.required(key))
            guard !found.isEmpty else {
                throw try object.required(key).error(expected: "at least one")
            }
            result.append(
                TemplateTarget(
                    name: text, unit: try object.optional("unit")?.string() ?? "", places: found,
                    dimensions: dimensions))
        }
        return result
    }

    /// What the track is.
    ///
    /// - Parameters:
    ///   - usual: The names of its dimensions when the template gives none.
    ///   - location: Where it stands, for errors.
    /// - Returns: Name, unit and dimensions.
    /// - Throws: ``IngestError`` when names cannot be used, or are not as many as its values.
    func description(
        _ usual: [String], at location: SourceLocation
    ) throws(IngestError) -> TargetDescription {
        guard dimensions.isEmpty || dimensions.count == usual.count else {
            throw IngestError(
                .inconsistent(
                    expected: "\(usual.count) names of dimensions of target \(name)",
                    found: "\(dimensions.count)"), at: location,
                hint: "correct \"dimensions\" in the template")
        }
        return try TargetDescription(
            target: name, unit: unit, dimensions: dimensions.isEmpty ? usual : dimensions,
            at: location)
    }
}

extension TargetDescription {
    /// A description of a source's target.
    ///
    /// - Throws: ``IngestError`` when a name cannot be one, or there are too many dimensions.
    init(
        target name: String, unit: String, dimensions: [String], at location: SourceLocation
    ) throws(IngestError) {
        guard dimensions.count <= Self.mostDimensions else {
            throw IngestError(
                .inconsistent(
                    expected: "at most \(Self.mostDimensions) dimensions of target \(name)",
                    found: "\(dimensions.count)"), at: location,
                hint: "is this the signal rather than what is to be inferred from it?")
        }
        do throws(SignalError) {
            try self.init(
                name: name.normalizedName,
                unit: UnitTable.reading(of: unit)?.unit ?? unit,
                dimensions: dimensions.map(\.normalizedName))
        } catch {
            throw IngestError(
                .inconsistent(
                    expected: "names of target \(name) that can stand in a path",
                    found: error.description), at: location, hint: error.hint)
        }
    }

    /// Names for dimensions that have none: the track's own name when there is one only.
    static func names(_ track: String, count: Int) -> [String] {
        count == 1 ? [track] : (0..<count).map { "\(track)\($0)" }
    }
}
