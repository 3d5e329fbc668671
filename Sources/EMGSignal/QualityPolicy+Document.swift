package import Documents

extension QualityPolicy {
    /// Reads the member `quality` of a configuration.
    ///
    /// ```yaml
    /// quality:
    ///   exclude: [marked_bad, long_filter_edge, saturation]
    ///   warn: [flat_line]
    ///   bad_channels: refuse
    ///   mains_hum_db: 20
    /// ```
    ///
    /// - Parameter cursor: An object whose members may all be left out.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(
            allowing: ["exclude", "warn", "bad_channels", "mains_hum_db"])
        let warn = object.optional("warn")
        let warned = try warn.map { (list) throws(DocumentError) in
            try Self.findings(list)
        }
        let excluded = try object.optional("exclude").map { (list) throws(DocumentError) in
            Set(try Self.findings(list))
        }
        let always = excluded.map { $0.union(Finding.always) } ?? Self.defaultExclude
        for (finding, element) in zip(warned ?? [], try warn?.array() ?? [])
        where always.contains(finding) {
            throw element.error(
                expected: "something that is not excluded", found: finding.rawValue,
                hint: Finding.always.contains(finding)
                    ? "\(finding.rawValue) is always excluded"
                    : "take it out of \"exclude\": what is in no window is not warned of")
        }
        self.init(
            exclude: excluded ?? Self.defaultExclude, warn: warned.map { Set($0) },
            badChannels: try object.optional("bad_channels")?.choice() ?? .refuse,
            humLevel: try object.optional("mains_hum_db")?.number(in: 0...200))
    }

    /// Reads what a fit without windows leaves out: `{exclude: [marked_bad]}`.
    ///
    /// - Parameter cursor: An object with `exclude` alone.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(ofFits cursor: DocumentCursor) throws(DocumentError) {
        _ = try cursor.object(allowing: ["exclude"])
        try self.init(cursor)
    }

    private static let choices: KeyValuePairs<String, Finding> = [
        "gap": .gap, "non_finite": .nonFinite, "marked_bad": .markedBad,
        "long_filter_edge": .longFilterEdge, "filter_edge": .filterEdge,
        "saturation": .saturation, "flat_line": .flatLine, "mains_hum": .mainsHum,
        "repaired": .repaired,
    ]

    private static func findings(_ list: DocumentCursor) throws(DocumentError) -> [Finding] {
        var findings: [Finding] = []
        for element in try list.array() { findings.append(try element.choice(choices)) }
        return findings
    }
}
