/// What stands in an annotation file (annot(5) of the WFDB Applications Guide).
struct WFDBAnnotation: Sendable, Hashable {
    /// When, in samples of the annotation file's clock since the start of the record.
    var time: Int
    /// Its code, 1 to 49.
    var code: Int
    /// The text that goes with it; empty when there is none.
    var text = ""

    /// The code of a change of rhythm, whose text begins with a parenthesis by custom.
    static let rhythm = 28
    /// The code of a comment.
    static let note = 22

    /// Its name as a class: its text, without the parenthesis of a rhythm; or what its code
    /// stands for.
    func className(_ definitions: [Int: String]) -> String {
        var name = text[...]
        if code == Self.rhythm, name.first == "(" { name = name.dropFirst() }
        if !name.isEmpty { return String(name) }
        return definitions[code] ?? Self.descriptions[code] ?? "annotation \(code)"
    }

    /// What the standard codes stand for (`ecgcodes.h`).
    private static let descriptions: [Int: String] = [
        1: "Normal beat", 2: "Left bundle branch block beat", 3: "Right bundle branch block beat",
        4: "Aberrated atrial premature beat", 5: "Premature ventricular contraction",
        6: "Fusion of ventricular and normal beat", 7: "Nodal (junctional) premature beat",
        8: "Atrial premature contraction", 9: "Premature or ectopic supraventricular beat",
        10: "Ventricular escape beat", 11: "Nodal (junctional) escape beat", 12: "Paced beat",
        13: "Unclassifiable beat", 14: "Signal quality change", 16: "Isolated QRS-like artifact",
        18: "ST change", 19: "T-wave change", 20: "Systole", 21: "Diastole",
        22: "Comment annotation", 23: "Measurement annotation", 24: "P-wave peak",
        25: "Left or right bundle branch block", 26: "Non-conducted pacer spike",
        27: "T-wave peak", 28: "Rhythm change", 29: "U-wave peak", 30: "Learning",
        31: "Ventricular flutter wave", 32: "Start of ventricular flutter/fibrillation",
        33: "End of ventricular flutter/fibrillation", 34: "Atrial escape beat",
        35: "Supraventricular escape beat", 36: "Link to external data",
        37: "Non-conducted P-wave (blocked APB)", 38: "Fusion of paced and normal beat",
        39: "Waveform onset", 40: "Waveform end",
        41: "R-on-T premature ventricular contraction",
    ]
}
