/// A part of the flat vector and what is summed into it.
struct ProgramOutput: Sendable {
    let range: Range<Int>
    let instructions: [Instruction]
}
