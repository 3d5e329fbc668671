package import Documents

extension SessionPrompt {
    /// The prompt as the page gets it.
    ///
    /// - Parameter imageURL: Where the page finds a picture that is a file, by its path.
    /// - Returns: The object; a movement has `hand`, the name of a drawing, or `image`, an address.
    package func document(imageURL: (String) -> String) -> DocumentValue {
        .object(known: [
            "phase": .string(phase.rawValue),
            "movement": movement?.document(imageURL: imageURL) ?? .null,
            "next": next?.document(imageURL: imageURL) ?? .null,
            "remaining_s": remainingSeconds.map { .number($0) } ?? .null,
            "phase_s": phaseSeconds.map { .number($0) } ?? .null,
            "step": .integer(step), "steps": .integer(stepCount), "cycle": .integer(cycle),
            "cycles": .integer(cycleCount), "beat": beat.map { .integer($0) } ?? .null,
        ])
    }
}

extension SessionPrompt.Movement {
    fileprivate func document(imageURL: (String) -> String) -> DocumentValue {
        let picture: (key: String, text: String) =
            switch picture {
            case .hand(let name): ("hand", name)
            case .file(let path): ("image", imageURL(path))
            }
        return .object([
            DocumentValue.Member(key: "class", value: .string(className)),
            DocumentValue.Member(key: "text", value: .string(text)),
            DocumentValue.Member(key: picture.key, value: .string(picture.text)),
        ])
    }
}
