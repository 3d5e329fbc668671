package import Documents

extension FittsTrial {
    /// The trial for programs: the columns of a table's row by name.
    package var document: DocumentValue { .object(row) }

    /// The names of a table's columns.
    static let columns = [
        "trial", "distance", "width", "degrees", "index_of_difficulty", "completed",
        "movement_seconds", "seconds", "reaction_seconds", "throughput", "overshoots",
        "path_efficiency", "path_length", "stopping_distance", "end_x", "end_y", "faults",
        "rest_seconds", "rest_decisions", "rest_active", "rest_activations",
    ]

    /// The row of a table.
    var row: [DocumentValue.Member] {
        func number(_ value: Double?) -> DocumentValue { value.map { .number($0) } ?? .null }
        let values: [DocumentValue] = [
            .integer(self.number), number(target.condition.distance),
            number(target.condition.width),
            number(target.degrees), number(target.condition.indexOfDifficulty),
            .boolean(isCompleted), number(movementSeconds), number(seconds),
            number(reactionSeconds), number(throughput), .integer(overshoots),
            number(pathEfficiency), number(pathLength), number(stoppingDistance),
            number(endPoint.x), number(endPoint.y), .integer(faults), number(rest.seconds),
            .integer(rest.decisions), .integer(rest.active), .integer(rest.activations),
        ]
        return zip(Self.columns, values).map { DocumentValue.Member(key: $0, value: $1) }
    }
}
