package import Documents
package import EMGArchive
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
        try rule.read(format, document: "manifest of \(name)", at: path, kinds: kinds)
    }
}

extension InputDescription {
    /// The rule by which windows got their labels.
    ///
    /// - Parameter kinds: The rules that packages outside have added.
    /// - Returns: The rule.
    /// - Throws: `DocumentError` when there is none of that name.
    package func labelRule(kinds: Kinds) throws(DocumentError) -> any LabelRule {
        try window.labelRule.read(
            .labelRule, document: "input", at: "$.window.label_rule", kinds: kinds)
    }

    /// How samples are scaled.
    ///
    /// - Parameter kinds: The rules that packages outside have added.
    /// - Returns: The rule.
    /// - Throws: `DocumentError` when there is none of that name.
    package func normalizationRule(kinds: Kinds) throws(DocumentError) -> any NormalizationRule {
        try normalization.method.read(
            .normalization, document: "input", at: "$.normalization.method", kinds: kinds)
    }
}

extension CollectionManifest.Rule {
    /// The rule that it names.
    fileprivate func read<Value>(
        _ format: FieldFormat<Value>, document: String, at path: String, kinds: Kinds
    ) throws(DocumentError) -> Value {
        let name = DocumentValue.string(name)
        let value =
            parameters.isEmpty
            ? name
            : .object([DocumentValue.Member(key: self.name, value: parameters.document)])
        return try format.read(
            DocumentCursor(value: value, document: document, path: path, kinds: kinds))
    }
}
