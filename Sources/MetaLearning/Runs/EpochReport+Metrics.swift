internal import Documents

extension EpochReport {
    /// The report as one line of JSON.
    var json: String {
        var members: [DocumentValue.Member] = [
            .init(key: "epoch", value: .integer(epoch)),
            .init(key: "learning_rate", value: .number(learningRate)),
            .init(key: "train_loss", value: .number(trainLoss)),
            .init(key: "train_accuracy", value: .number(trainAccuracy)),
        ]
        if let validationLoss, let validationAccuracy {
            members += [
                .init(key: "validation_loss", value: .number(validationLoss)),
                .init(key: "validation_accuracy", value: .number(validationAccuracy)),
            ]
        }
        members.append(.init(key: "seconds", value: .number(seconds)))
        if !ranks.isEmpty {
            members.append(.init(key: "ranks", value: .array(ranks.map(\.document))))
        }
        return DocumentValue.object(members).json()
    }

    /// Reads a line of `metrics.jsonl`.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object()
        epoch = try object.required("epoch").integer(in: 1...Int.max)
        learningRate = try object.required("learning_rate").number()
        trainLoss = try object.required("train_loss").number()
        trainAccuracy = try object.required("train_accuracy").number()
        validationLoss = try object.optional("validation_loss")?.number()
        validationAccuracy = try object.optional("validation_accuracy")?.number()
        seconds = try object.required("seconds").number()
        for cursor in try object.optional("ranks")?.array() ?? [] {
            ranks.append(try RankReport(cursor))
        }
    }

    /// Reads `metrics.jsonl`.
    ///
    /// - Parameters:
    ///   - text: A line of JSON for each epoch.
    ///   - name: The file's name, for messages.
    /// - Returns: The reports in order.
    /// - Throws: `DocumentError` with the place of a fault.
    static func lines(of text: String, name: String) throws(DocumentError) -> [EpochReport] {
        var reports: [EpochReport] = []
        for line in text.split(separator: "\n") {
            reports.append(try EpochReport(Document(json: line.utf8, name: name).cursor))
        }
        return reports
    }
}
