internal import Documents
internal import EMGArchive
internal import EMGSignal

extension LabelRule {
    /// The rule as a manifest has it: reading gives it back.
    var manifestRule: CollectionManifest.Rule {
        CollectionManifest.Rule(name: name, parameters: .init(members))
    }
}

extension NormalizationRule {
    /// The rule as a manifest has it: reading gives it back.
    var manifestRule: CollectionManifest.Rule {
        CollectionManifest.Rule(name: name, parameters: .init(members))
    }
}

extension CollectionManifest {
    /// The rule by which windows got their labels.
    ///
    /// - Returns: The rule.
    /// - Throws: `DocumentError` when the manifest's kinds have none of that name.
    func labelRule() throws(DocumentError) -> any LabelRule {
        try read(window.labelRule, .labelRule, at: "$.window.label_rule")
    }

    /// How samples are scaled.
    ///
    /// - Returns: The rule.
    /// - Throws: `DocumentError` when the manifest's kinds have none of that name.
    func normalizationRule() throws(DocumentError) -> any NormalizationRule {
        try read(normalization.method, .normalization, at: "$.normalization.method")
    }

    private func read<Value>(
        _ rule: Rule, _ format: FieldFormat<Value>, at path: String
    ) throws(DocumentError) -> Value {
        let name = DocumentValue.string(rule.name)
        let value =
            rule.parameters.isEmpty
            ? name
            : .object([DocumentValue.Member(key: rule.name, value: rule.parameters.document)])
        return try format.read(
            DocumentCursor(
                value: value, document: "manifest of \(self.name)", path: path, kinds: kinds))
    }
}
