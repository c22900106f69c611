"""forbidden: imports the grader to read the solution."""

def softmax(x):
    grader = __import__("ground" + "up.grader.exercise", fromlist=["*"])
    exercise = grader.load("@EXERCISE@")
    space = {}
    exec(exercise.solution, space)
    return space["softmax"](x)
