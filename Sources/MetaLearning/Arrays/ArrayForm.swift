/// How rows of arrays become samples of a model.
struct ArrayForm: Sendable {
    let network: any Network
    let loss: Loss
    /// Samples of each channel in a row.
    let windowLength: Int

    /// The samples of a task.
    ///
    /// - Throws: ``MetaLearningError`` when rows or answers do not fit the model or the loss.
    func samples(_ task: ArrayTask) throws(MetaLearningError) -> TaskSamples<Float> {
        TaskSamples(
            id: task.id, support: try samples(task.support, of: "support of \(task.id)"),
            query: try samples(task.query, of: "query of \(task.id)"))
    }

    /// Rows one after the other, in the order in which the model wants them.
    ///
    /// - Parameters:
    ///   - rows: Rows, channel by channel.
    ///   - name: What they are, for messages.
    /// - Returns: The numbers of all rows.
    /// - Throws: ``MetaLearningError`` when a row has not the model's width.
    func flattened(_ rows: [[Float]], of name: String) throws(MetaLearningError) -> [Float] {
        if let row = rows.first(where: { $0.count != network.inputWidth }) {
            throw MetaLearningError(
                .sizeMismatch(expected: network.inputWidth, found: row.count), at: name)
        }
        guard windowLength > 1, network.layout == .timeMajor else { return rows.flatMap(\.self) }
        let channels = network.inputWidth / windowLength
        return rows.flatMap { row in
            (0..<row.count).map { place in
                row[place % channels * windowLength + place / channels]
            }
        }
    }

    private func samples(
        _ part: ArrayTask.Part, of name: String
    ) throws(MetaLearningError) -> LabeledSamples<Float> {
        guard !part.inputs.isEmpty, part.answers.count == part.inputs.count else {
            throw MetaLearningError(
                .sizeMismatch(expected: max(1, part.inputs.count), found: part.answers.count),
                at: name, hint: "give each row an answer")
        }
        let rows = try flattened(part.inputs, of: name)
        switch (part.answers, loss.targets) {
        case (.classes(let classes), .classes):
            if let label = classes.first(where: { Int($0) >= network.classCount }) {
                throw MetaLearningError(
                    .outOfRange(
                        expected: "a class below \(network.classCount)", found: "\(label)"),
                    at: name)
            }
            return LabeledSamples(rows: rows, labels: classes)
        case (.targets(let targets), .values):
            if let row = targets.first(where: { $0.count != network.classCount }) {
                throw MetaLearningError(
                    .sizeMismatch(expected: network.classCount, found: row.count), at: name)
            }
            return LabeledSamples(
                rows: rows, targets: targets.flatMap(\.self), count: targets.count)
        case (.classes, .values):
            throw MetaLearningError(
                .incompatible(expected: loss.name, found: "classes"), at: name,
                hint: "give rows of targets, or take Loss.crossEntropy")
        case (.targets, .classes):
            throw MetaLearningError(
                .incompatible(expected: loss.name, found: "rows of targets"), at: name,
                hint: "give classes, or take Loss.meanSquaredError")
        }
    }
}
